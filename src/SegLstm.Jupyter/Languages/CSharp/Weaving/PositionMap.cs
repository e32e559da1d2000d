namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Tells where a position of a woven text stands in the text that a person wrote.</summary>
internal sealed class PositionMap
{
    private readonly List<(int Original, int OldLength, int NewLength)> changes = [];

    /// <summary>Adds a change; changes come in the order of the text.</summary>
    public void Add(int original, int oldLength, int newLength) => changes.Add((original, oldLength, newLength));

    /// <summary>The position in the original text; what was put in stands where it was put.</summary>
    public int ToOriginal(int woven)
    {
        var shift = 0;
        foreach (var (original, oldLength, newLength) in changes)
        {
            var start = original + shift;
            if (woven < start)
            {
                break;
            }

            if (woven < start + newLength)
            {
                return woven == start ? original : original + oldLength;
            }

            shift += newLength - oldLength;
        }

        return woven - shift;
    }
}
