using System.Numerics;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Sizes of a scan, and how its channels are cut into blocks of one vector.</summary>
/// <remarks>Nothing here depends on the number of threads, so that the results do not either.</remarks>
internal sealed class ScanShape
{
    /// <summary>Tokens of a chunk. Of a scan that is to be differentiated, one state a chunk is kept.</summary>
    /// <remarks>The backward pass holds states, decays and two gradients of four states of a chunk: 32 KB of float32 in vectors
    /// of 512 bits, which fit into the first cache. Twice as many tokens do not.</remarks>
    public const int Chunk = 32;

    /// <summary>States that are computed together, where as many are left.</summary>
    public const int StatesTogether = 4;

    // Blocks that add up their gradients of the weights before these are written.
    private const int MostBlocksInUnit = 4;

    private readonly int blocksInSpan;
    private readonly int unitsInSpan;

    /// <summary>Cuts a scan up.</summary>
    /// <param name="batch">B.</param>
    /// <param name="channels">D.</param>
    /// <param name="length">L.</param>
    /// <param name="states">N.</param>
    /// <param name="inputGroups">Groups of the input weights; 0: weights <c>(D, N)</c>, the same at every token.</param>
    /// <param name="outputGroups">Groups of the output weights, likewise.</param>
    /// <param name="lanes">Elements of a vector.</param>
    /// <param name="reverse">Whether the last token comes first.</param>
    /// <param name="orders">Orders of the same tokens: D is so many times the channels of a token.</param>
    public ScanShape(
        int batch, int channels, int length, int states, int inputGroups, int outputGroups, int lanes, bool reverse = false,
        int orders = 1)
    {
        (Reverse, Orders) = (reverse, orders);
        (Batch, Channels, Length, States, Lanes) = (batch, channels, length, states, lanes);
        (InputGroups, OutputGroups) = (inputGroups, outputGroups);
        Chunks = (length + Chunk - 1) / Chunk;
        Span = (int)BigInteger.GreatestCommonDivisor(channels / Math.Max(inputGroups, 1), channels / Math.Max(outputGroups, 1));
        blocksInSpan = (Span + lanes - 1) / lanes;
        unitsInSpan = (blocksInSpan + MostBlocksInUnit - 1) / MostBlocksInUnit;
        Blocks = channels / Span * blocksInSpan;
        Units = channels / Span * unitsInSpan;
    }

    /// <summary>B.</summary>
    public int Batch { get; }

    /// <summary>D.</summary>
    public int Channels { get; }

    /// <summary>L.</summary>
    public int Length { get; }

    /// <summary>N.</summary>
    public int States { get; }

    /// <summary>Groups of the input weights; 0: the same at every token.</summary>
    public int InputGroups { get; }

    /// <summary>Groups of the output weights, likewise.</summary>
    public int OutputGroups { get; }

    /// <summary>Elements of a vector: channels of a block.</summary>
    public int Lanes { get; }

    /// <summary>Whether the last token comes first.</summary>
    public bool Reverse { get; }

    /// <summary>Orders of the same tokens, whose blocks and units follow one another.</summary>
    public int Orders { get; }

    /// <summary>Chunks of a sequence, in the order of the scan; the last may be shorter.</summary>
    public int Chunks { get; }

    /// <summary>Channels that share their weights; no block reaches from one span into the next.</summary>
    public int Span { get; }

    /// <summary>Blocks of all channels; the last of a span may have fewer channels than lanes.</summary>
    public int Blocks { get; }

    /// <summary>Units of all channels: several blocks of a span, the last fewer.</summary>
    public int Units { get; }

    /// <summary>Elements of the kept states <c>(B, blocks, chunks - 1, N, lanes)</c>.</summary>
    public long KeptElements => (long)Batch * Blocks * (Chunks - 1) * States * Lanes;

    /// <summary>Tokens of a chunk.</summary>
    public int Tokens(int chunk) => Math.Min(Chunk, Length - (chunk * Chunk));

    /// <summary>Where a chunk begins in memory.</summary>
    public int Start(int chunk) => Reverse ? Length - (chunk * Chunk) - Tokens(chunk) : chunk * Chunk;

    /// <summary>The token that a chunk's scan begins with.</summary>
    public int FirstToken(int chunk) => Reverse ? Length - 1 - (chunk * Chunk) : chunk * Chunk;

    /// <summary>The first channel of a block, and how many it has.</summary>
    public (int First, int Count) ChannelsOf(int block)
    {
        var (span, inSpan) = Math.DivRem(block, blocksInSpan);
        return ((span * Span) + (inSpan * Lanes), Math.Min(Lanes, Span - (inSpan * Lanes)));
    }

    /// <summary>The blocks of a unit.</summary>
    public (int First, int Count) BlocksOf(int unit)
    {
        var (span, inSpan) = Math.DivRem(unit, unitsInSpan);
        var first = inSpan * MostBlocksInUnit;
        return ((span * blocksInSpan) + first, Math.Min(MostBlocksInUnit, blocksInSpan - first));
    }

    /// <summary>Where the kept states before a chunk, but the first, of a block begin.</summary>
    public long KeptOffset(int sample, int block, int chunk) =>
        (((((long)sample * Blocks) + block) * (Chunks - 1)) + chunk - 1) * States * Lanes;
}
