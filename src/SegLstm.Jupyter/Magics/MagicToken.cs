namespace SegLstm.Jupyter.Magics;

/// <summary>A word of a magic's line: an option's name, or a value.</summary>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the line, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
internal sealed record MagicToken(string Text, MagicTokenKind Kind, int Start, int End)
{
    /// <summary>Of `@source:Text`, the source: a language, `input` or `password`.</summary>
    public string Source { get; init; } = "";
}
