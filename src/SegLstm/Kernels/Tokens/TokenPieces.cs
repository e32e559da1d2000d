namespace SegLstm.Kernels.Tokens;

/// <summary>The tokens of a batch in pieces of consecutive ones, which threads share.</summary>
/// <remarks>Nothing here depends on the number of threads, so that the results do not either.</remarks>
/// <param name="Batch">B.</param>
/// <param name="Tokens">S.</param>
internal readonly record struct TokenPieces(int Batch, int Tokens)
{
    /// <summary>Tokens of a piece; the last of a sample may have fewer.</summary>
    public const int Length = 64;

    /// <summary>How many pieces.</summary>
    public int Count => Batch * PerSample;

    private int PerSample => (Tokens + Length - 1) / Length;

    /// <summary>The sample of a piece, its first token, and the one behind its last.</summary>
    public (int Sample, int From, int To) Of(int piece)
    {
        var (sample, part) = Math.DivRem(piece, PerSample);
        return (sample, part * Length, Math.Min((part + 1) * Length, Tokens));
    }
}
