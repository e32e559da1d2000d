namespace SegLstm.Data.Classification;

/// <summary>One of the 19 tasks of VTAB-1K.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Group">Its group.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record VtabTask(string Name, VtabGroup Group, int Classes);
