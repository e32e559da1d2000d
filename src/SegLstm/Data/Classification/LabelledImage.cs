namespace SegLstm.Data.Classification;

/// <summary>A picture and what it shows.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Its class, from 0.</param>
public sealed record LabelledImage(string Path, int Label);
