using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Display;

/// <summary>
/// Makes the forms of a value that a front end may choose from, by the formatters that are registered for its type.
/// </summary>
internal static class ValueFormatter
{
    private const string Plain = "text/plain";
    private const string Html = "text/html";

    // No front end draws more; without a bound an object with many properties, each with many, takes all memory.
    private const int FormLimit = 32_000_000;

    // Beside another form the text is for logs and screen readers.
    private const int TextLimit = 1_000_000;

    /// <summary>The forms of a value. What a formatter throws is shown in place of its form.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The forms; none means those that are registered for the value's type.</param>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static MimeBundle Format(object? value, IReadOnlyList<string> mimeTypes)
    {
        switch (value)
        {
            case MimeBundle bundle:
                return bundle;
            case FormattedValue single:
                return Bundle([single]);
            case IEnumerable<FormattedValue> several:
                return Bundle([.. several]);
        }

        value = Sequences.Remember(value);
        var types = mimeTypes is [] ? Formatter.GetPreferredMimeTypesFor(value?.GetType()) : mimeTypes;
        var forms = new List<FormattedValue>();
        var failures = new List<string>();
        foreach (var type in types)
        {
            try
            {
                forms.Add(new FormattedValue(type, Form(value, type)));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add($"{Name(value)} could not be shown as {type}: {failure.GetType().Name}: {failure.Message}");
            }
        }

        if (failures.Count > 0)
        {
            forms.RemoveAll(form => form.MimeType == Plain);
            forms.Add(new FormattedValue(Plain, string.Join("\n", failures.Append(forms is [] ? TextOf(value) : ""))));
        }
        else if (forms.All(form => form.MimeType != Plain) && value is not IHtmlContent
            && !forms.Any(form => IsBinary(form.MimeType)))
        {
            forms.Add(new FormattedValue(Plain, TextOf(value)));
        }

        return Bundle(forms);
    }

    /// <summary>Text that is in a format already, with a plain form beside it.</summary>
    public static MimeBundle Literal(string text, string mimeType) => Bundle([new FormattedValue(mimeType, text)]);

    /// <summary>A value in one form.</summary>
    public static string Form(object? value, string mimeType)
    {
        if (IsBinary(mimeType) && Bytes(value) is { } bytes)
        {
            return Convert.ToBase64String(bytes);
        }

        // The caller's own cell: what else asks (a front end, a comm) is not stopped with the latest cell.
        using var writer = new BoundedWriter(FormLimit, RunningCell.Own?.Interrupt ?? default);
        using (var context = new FormatContext(writer))
        {
            Formatter.FormatTo(value, context, mimeType);
        }

        return writer.ToString();
    }

    private static MimeBundle Bundle(IReadOnlyList<FormattedValue> forms)
    {
        var data = new Dictionary<string, JsonNode>();
        var wrong = new List<string>();
        foreach (var form in forms)
        {
            try
            {
                data[form.MimeType] = Content(form);
            }
            catch (JsonException failure)
            {
                wrong.Add($"expected JSON as {form.MimeType}: {failure.Message}\n{Cut(form.Value)}");
            }
        }

        if (wrong.Count > 0)
        {
            data[Plain] = string.Join("\n", wrong.Append(data.TryGetValue(Plain, out var text) ? text.GetValue<string>() : ""));
        }
        else if (!data.ContainsKey(Plain))
        {
            data[Plain] = forms is [] ? "" : Cut(PlainFormOf(forms[0]));
        }

        return new MimeBundle(data);
    }

    private static JsonNode Content(FormattedValue form)
    {
        var isJson = form.MimeType == "application/json" || form.MimeType.EndsWith("+json", StringComparison.Ordinal);
        return isJson ? JsonNode.Parse(form.Value) ?? throw new JsonException("null is no value to show")
            : form.MimeType == Plain ? Cut(form.Value) : form.Value;
    }

    private static string PlainFormOf(FormattedValue form) => form.MimeType switch
    {
        Html when HtmlText.Of(form.Value) is { Length: > 0 } text => text,
        Html => form.Value.Contains("<script", StringComparison.OrdinalIgnoreCase)
            ? "(a script for the page)"
            : "(HTML without text)",
        _ when IsBinary(form.MimeType) => $"({form.MimeType}, {form.Value.Length / 4 * 3:N0} bytes)",
        _ => form.Value,
    };

    private static string TextOf(object? value)
    {
        try
        {
            return Form(value, Plain);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return $"{Name(value)} could not be shown as text: {failure.GetType().Name}: {failure.Message}";
        }
    }

    private static string Cut(string text) => text.Length <= TextLimit
        ? text
        : $"{text.AsSpan(0, TextLimit)}\n… and {text.Length - TextLimit:N0} more characters";

    private static bool IsBinary(string mimeType) =>
        mimeType == "application/pdf" || (mimeType.StartsWith("image/", StringComparison.Ordinal) && mimeType != "image/svg+xml")
        || mimeType.StartsWith("audio/", StringComparison.Ordinal) || mimeType.StartsWith("video/", StringComparison.Ordinal);

    private static byte[]? Bytes(object? value) => value switch
    {
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> memory => memory.ToArray(),
        Memory<byte> memory => memory.ToArray(),
        MemoryStream stream => stream.ToArray(),
        _ => null,
    };

    private static string Name(object? value) => value is null ? "null" : $"a value of type {value.GetType().Name}";
}
