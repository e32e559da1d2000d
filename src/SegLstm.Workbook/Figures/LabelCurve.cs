namespace SegLstm.Workbook.Figures;

/// <summary>What a method reaches with few labels.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">
/// For each share of the labels, above 0 up to 1 and rising, the scores of all its seeds, in the figure's unit.
/// </param>
public sealed record LabelCurve(string Name, IReadOnlyList<(double Share, IReadOnlyList<double> Scores)> Points);
