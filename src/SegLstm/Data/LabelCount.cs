namespace SegLstm.Data;

/// <summary>How many labelled pixels of a class were drawn.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Drawn">Pixels that kept their label.</param>
/// <param name="Available">Labelled pixels of the split.</param>
public sealed record LabelCount(string Class, int Drawn, int Available);
