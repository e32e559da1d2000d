namespace SegLstm.Jupyter.Magics;

/// <summary>Code of one language.</summary>
/// <param name="Language">The language's name.</param>
/// <param name="Text">The code alone.</param>
/// <param name="Start">Where it begins in the cell, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Line">The number of its first line, counted from 1.</param>
/// <param name="Switch">The magic that chose the language; null at the top of a cell.</param>
internal sealed record CodeStep(string Language, string Text, int Start, int End, int Line, MagicCall? Switch)
    : CellStep(Start, End, Line)
{
    /// <summary>The code on the lines where it stands in the cell: an empty line for each line before it.</summary>
    public string Padded => new string('\n', Line - 1) + Text;

    /// <summary>Nothing but white space.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>A position of the cell as a position of <see cref="Padded"/>.</summary>
    public int ToPadded(int position) => position - Start + Line - 1;

    /// <summary>A position of <see cref="Padded"/> as a position of the cell.</summary>
    public int FromPadded(int position) => Math.Max(position - Line + 1 + Start, Start);
}
