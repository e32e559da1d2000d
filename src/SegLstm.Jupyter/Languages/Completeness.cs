namespace SegLstm.Jupyter.Languages;

/// <summary>Whether code is whole.</summary>
/// <param name="Kind">Whole, unfinished, or wrong whatever may follow.</param>
/// <param name="Indent">White space for the next line, where unfinished.</param>
public sealed record Completeness(CompletenessKind Kind, string Indent = "");
