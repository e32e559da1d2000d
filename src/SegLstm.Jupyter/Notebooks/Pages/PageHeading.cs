namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>A heading of a page.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Anchor">Its name in links.</param>
/// <param name="PlainText">Its text without marks.</param>
/// <param name="Html">Its text with marks, without links.</param>
internal sealed record PageHeading(int Level, string Anchor, string PlainText, string Html);
