using System.Numerics;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Sizes of a scan, and how its channels are cut into blocks of one vector.</summary>
/// <remarks>Nothing here depends on the number of threads, so that the results do not either.</remarks>
/// <param name="Batch">B.</param>
/// <param name="Channels">D.</param>
/// <param name="Length">L.</param>
/// <param name="States">N.</param>
/// <param name="InputGroups">Groups of the input weights; 0: weights <c>(D, N)</c>, the same at every token.</param>
/// <param name="OutputGroups">Groups of the output weights, likewise.</param>
/// <param name="Lanes">Channels of a block: elements of a vector.</param>
internal sealed record ScanShape(int Batch, int Channels, int Length, int States, int InputGroups, int OutputGroups, int Lanes)
{
    /// <summary>Tokens of a chunk. Of a scan that is to be differentiated, one state a chunk is kept.</summary>
    public const int Chunk = 64;

    /// <summary>Blocks that add up their gradients of the weights before these are written.</summary>
    private const int BlocksInUnit = 4;

    /// <summary>Chunks of a sequence; the last may be shorter.</summary>
    public int Chunks { get; } = (Length + Chunk - 1) / Chunk;

    /// <summary>Channels that share their weights: a span.</summary>
    public int Span { get; } = (int)BigInteger.GreatestCommonDivisor(
        Channels / Math.Max(InputGroups, 1), Channels / Math.Max(OutputGroups, 1));

    /// <summary>Blocks of a span; the last may have fewer channels than lanes.</summary>
    public int BlocksInSpan => (Span + Lanes - 1) / Lanes;

    /// <summary>Blocks of all channels.</summary>
    public int Blocks => Channels / Span * BlocksInSpan;

    /// <summary>Units of a span: several blocks, the last fewer.</summary>
    public int UnitsInSpan => (BlocksInSpan + BlocksInUnit - 1) / BlocksInUnit;

    /// <summary>Units of all channels.</summary>
    public int Units => Channels / Span * UnitsInSpan;

    /// <summary>Elements of the kept states <c>(B, blocks, chunks - 1, N, lanes)</c>.</summary>
    public long KeptElements => (long)Batch * Blocks * (Chunks - 1) * States * Lanes;

    /// <summary>Tokens of a chunk.</summary>
    public int Tokens(int chunk) => Math.Min(Chunk, Length - (chunk * Chunk));

    /// <summary>The first channel of a block, and how many it has.</summary>
    public (int First, int Count) ChannelsOf(int block)
    {
        var (span, inSpan) = Math.DivRem(block, BlocksInSpan);
        return ((span * Span) + (inSpan * Lanes), Math.Min(Lanes, Span - (inSpan * Lanes)));
    }

    /// <summary>The blocks of a unit.</summary>
    public (int First, int Count) BlocksOf(int unit)
    {
        var (span, inSpan) = Math.DivRem(unit, UnitsInSpan);
        return ((span * BlocksInSpan) + (inSpan * BlocksInUnit), Math.Min(BlocksInUnit, BlocksInSpan - (inSpan * BlocksInUnit)));
    }

    /// <summary>Where the kept states before a chunk, but the first, of a block begin.</summary>
    public long KeptOffset(int sample, int block, int chunk) =>
        (((((long)sample * Blocks) + block) * (Chunks - 1)) + chunk - 1) * States * Lanes;
}
