namespace SegLstm.Jupyter.Notebooks;

/// <summary>A stretch of a file: where a JSON value begins and where it has ended.</summary>
internal readonly record struct ByteRange(int Start, int End)
{
    public int Length => End - Start;
}
