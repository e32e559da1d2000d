namespace SegLstm.Jupyter.Languages;

/// <summary>What is known of a piece of code.</summary>
/// <param name="Text">As plain text.</param>
/// <param name="Html">As HTML; null where the text says it all.</param>
public sealed record Inspection(string Text, string? Html = null);
