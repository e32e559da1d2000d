namespace SegLstm.Jupyter.Languages;

/// <summary>A candidate.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="Kind">What it is, in the words of Jupyter front ends: `function`, `property`, `class`, `keyword`, `module`, `instance`…</param>
/// <param name="Signature">A short form of its declaration, empty where there is none.</param>
public sealed record Completion(string Text, string Kind, string Signature = "");
