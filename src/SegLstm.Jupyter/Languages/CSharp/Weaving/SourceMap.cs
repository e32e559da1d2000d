using Microsoft.CodeAnalysis.Text;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>A file as it was written and as it was compiled.</summary>
/// <param name="Original">What a person wrote.</param>
/// <param name="Woven">What was compiled; it has the same lines.</param>
/// <param name="Map">How positions go back.</param>
internal sealed record SourceMap(SourceText Original, SourceText Woven, PositionMap Map)
{
    /// <summary>The column of the original, from 0, for one of the compiled text.</summary>
    public int Column(int line, int wovenColumn)
    {
        if (line < 0 || line >= Woven.Lines.Count)
        {
            return wovenColumn;
        }

        var position = Math.Min(Woven.Lines[line].Start + wovenColumn, Woven.Length);
        var original = Map.ToOriginal(position);
        while (original < Original.Lines[line].End && Original[original] == ' ')
        {
            original++;
        }

        return Math.Max(0, original - Original.Lines[line].Start);
    }
}
