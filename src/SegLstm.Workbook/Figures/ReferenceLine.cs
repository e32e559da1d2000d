namespace SegLstm.Workbook.Figures;

/// <summary>A dashed horizontal line that a chart is read against, such as the score of a baseline.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Y">Its height.</param>
public sealed record ReferenceLine(string Name, double Y);
