namespace SegLstm.Workbook.Plotly;

/// <summary>An entry of a panel's legend.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Color">The colour as CSS writes it.</param>
/// <param name="Glyph">A letter that looks like the mark, for panels whose legend is written as text.</param>
internal sealed record LegendItem(string Text, string Color, string Glyph);
