namespace SegLstm.Jupyter.Magics;

/// <summary>A command, such as `#!who`.</summary>
/// <param name="Call">The magic with its options.</param>
/// <param name="Language">The language of the lines around it, which takes what `#!share` and `#!set` bring.</param>
/// <param name="Text">Its line.</param>
/// <param name="Start">Where it begins in the cell, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
internal sealed record CommandStep(MagicCall Call, string Language, string Text, int Start, int End)
    : CellStep(Start, End, Call.Line);
