namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>Sizes of a causal convolution of <c>(B, E, S)</c>, and how its channels are cut into pieces, which threads
/// share.</summary>
/// <param name="Batch">B.</param>
/// <param name="Channels">E.</param>
/// <param name="Tokens">S.</param>
/// <param name="Taps">K.</param>
/// <param name="Reverse">Whether the sequence is read from its last token on.</param>
internal readonly record struct ChannelShape(int Batch, int Channels, int Tokens, int Taps, bool Reverse)
{
    // Channels of a piece.
    private const int PieceChannels = 16;

    /// <summary>Pieces of all samples.</summary>
    public int Pieces => Batch * PerSample;

    /// <summary>Elements of the tokens.</summary>
    public double Elements => (double)Batch * Channels * Tokens;

    /// <summary>How far before a token its first tap reads.</summary>
    public int Before => Reverse ? 0 : Taps - 1;

    private int PerSample => (Channels + PieceChannels - 1) / PieceChannels;

    /// <summary>The sample of a piece, its first channel, and the one behind its last.</summary>
    public (int Sample, int From, int To) PieceAt(int piece)
    {
        var (sample, part) = Math.DivRem(piece, PerSample);
        return (sample, part * PieceChannels, Math.Min((part + 1) * PieceChannels, Channels));
    }

    /// <summary>Where the parameter stands that multiplies in the order of reading at a place.</summary>
    public int TapAt(int place) => Reverse ? Taps - 1 - place : place;
}
