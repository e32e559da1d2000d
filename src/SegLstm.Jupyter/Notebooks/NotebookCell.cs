using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>A cell of a notebook file, as it stands there.</summary>
public sealed class NotebookCell
{
    private readonly Lazy<JsonArray> _outputs;

    internal NotebookCell(int index, CellKind kind, string source, CellLayout layout, Func<JsonArray> outputs)
    {
        Index = index;
        Kind = kind;
        Source = source;
        Layout = layout;
        _outputs = new Lazy<JsonArray>(outputs);
    }

    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; }

    /// <summary>Code, text or raw.</summary>
    public CellKind Kind { get; }

    /// <summary>Its text, lines joined.</summary>
    public string Source { get; }

    /// <summary>Its name in the file (nbformat 4.5 and later); null where it has none.</summary>
    public string? Id { get; internal init; }

    /// <summary>
    /// The language that its metadata names (`polyglot_notebook.kernelName` or `dotnet_interactive.language`), such as `fsharp`;
    /// null where they name none.
    /// </summary>
    public string? Language { get; internal init; }

    /// <summary>The words it is tagged with.</summary>
    public IReadOnlyList<string> Tags { get; internal init; } = [];

    /// <summary>The number it ran as, null where it has not run.</summary>
    public int? ExecutionCount { get; internal init; }

    /// <summary>Whether its author folded its text away (`jupyter.source_hidden`).</summary>
    public bool IsSourceHidden { get; internal init; }

    /// <summary>Whether its author folded its outputs away (`jupyter.outputs_hidden` or `collapsed`).</summary>
    public bool AreOutputsHidden { get; internal init; }

    /// <summary>Files that its text shows as `attachment:NAME`: name to MIME type to content.</summary>
    public JsonObject Attachments { get; internal init; } = [];

    /// <summary>Its outputs in nbformat's shape. Do not change them: the file is changed by <see
    /// cref="NotebookDocument.WithResults"/>.</summary>
    public JsonArray Outputs => _outputs.Value;

    /// <summary>Whether its author tagged it with a word.</summary>
    public bool IsTagged(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    /// <summary>Where its parts lie in the file.</summary>
    internal CellLayout Layout { get; }
}
