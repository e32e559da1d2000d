// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
using SegLstm.Jupyter.Display;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value in one form.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="value">The value in it.</param>
public sealed class FormattedValue(string mimeType, string value)
{
    /// <summary>The form.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>The value in it.</summary>
    public string Value { get; } = value;

    /// <summary>A value in one form.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeType">The form; by default the one that is registered for the value's type.</param>
    public static FormattedValue CreateSingleFromObject(object? value, string? mimeType = null) =>
        CreateManyFromObject(value, mimeType ?? Formatter.GetPreferredMimeTypesFor(value?.GetType()).First())[0];

    /// <summary>A value in several forms.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The forms; by default those that are registered for the value's type.</param>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes) =>
        [.. (mimeTypes is [] ? Formatter.GetPreferredMimeTypesFor(value?.GetType()) : mimeTypes)
            .Select(mimeType => new FormattedValue(mimeType, ValueFormatter.Form(value, mimeType)))];

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}: {Value}";
}
