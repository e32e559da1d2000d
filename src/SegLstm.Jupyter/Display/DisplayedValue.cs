// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;
using SegLstm.Jupyter.Sessions;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value that a cell has shown, and that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly RunningCell? cell;
    private readonly IReadOnlyList<string> mimeTypes;
    private MimeBundle bundle;

    private DisplayedValue(RunningCell? cell, object? value, IReadOnlyList<string> mimeTypes, MimeBundle bundle)
    {
        this.cell = cell;
        this.mimeTypes = mimeTypes;
        this.bundle = bundle;
        Value = value;
    }

    /// <summary>The name by which front ends find it.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether it has been replaced.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>The value that is shown now.</summary>
    public object? Value { get; private set; }

    /// <summary>The forms that are shown now.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues =>
        [.. bundle.Data.Select(form => new FormattedValue(form.Key, Text(form.Value)))];

    /// <summary>Shows another value in its place, also after its cell has ended.</summary>
    public void Update(object? updatedValue)
    {
        bundle = ValueFormatter.Format(updatedValue, mimeTypes);
        Value = updatedValue;
        IsUpdated = true;
        if ((RunningCell.Current ?? cell) is { } target)
        {
            target.Output.Update(bundle, DisplayId);
        }
        else
        {
            Console.WriteLine(bundle.Text);
        }
    }

    internal static DisplayedValue Show(RunningCell? cell, object? value, IReadOnlyList<string> mimeTypes) =>
        Show(cell, value, mimeTypes, ValueFormatter.Format(value, mimeTypes));

    internal static DisplayedValue ShowAs(RunningCell? cell, string value, string mimeType) =>
        Show(cell, value, [mimeType], ValueFormatter.Literal(value, mimeType));

    private static DisplayedValue Show(RunningCell? cell, object? value, IReadOnlyList<string> mimeTypes, MimeBundle bundle)
    {
        var shown = new DisplayedValue(cell, value, mimeTypes, bundle);
        if (cell is null)
        {
            Console.WriteLine(bundle.Text);
        }
        else
        {
            cell.Output.Display(bundle, shown.DisplayId);
        }

        return shown;
    }

    private static string Text(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();
}
