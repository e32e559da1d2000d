using SegLstm.Kernels.DepthwiseConv.Cpu;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>Sizes of a ViL sub-block, and how the tokens of a sample are cut: into tiles, which are pieces of the convolution, and
/// segments of one or more tiles, both in the order in which they are read.</summary>
internal sealed class VilBlockShape
{
    private readonly List<(int First, int Count)> segments = [];
    private readonly int chunk;

    /// <summary>Cuts a sample up.</summary>
    /// <param name="dim">D.</param>
    /// <param name="heads">H.</param>
    /// <param name="conv">The convolution of one sample.</param>
    /// <param name="reverse">Whether the last token is read first.</param>
    /// <param name="chunk">Tokens in a chunk of the mLSTM, about.</param>
    public VilBlockShape(int dim, int heads, ConvShape conv, bool reverse, int chunk)
    {
        (Dim, Heads, Conv, Reverse, this.chunk) = (dim, heads, conv, reverse, chunk);
        (Inner, Tokens) = (conv.Channels, conv.Rows * conv.Columns);
        var (down, across) = (conv.KernelRows - 1, conv.KernelColumns - 1);
        var reach = Math.Max(
            (conv.Top * conv.Columns) + conv.Left, ((down - conv.Top) * conv.Columns) + across - conv.Left);
        // A segment is mostly one chunk, rather of fewer tokens than one and a short one: what lies between the layers stays near.
        var least = chunk * 3 / 4;
        for (int tile = 0, first = 0, tokens = 0; tile < conv.Pieces; tile++)
        {
            var (from, to) = Tile(tile);
            tokens += to - from;
            if (tokens >= least || tile == conv.Pieces - 1)
            {
                segments.Add((first, tile + 1 - first));
                LongestSegment = Math.Max(LongestSegment, tokens);
                (first, tokens) = (tile + 1, 0);
            }
        }

        var shortest = Enumerable.Range(0, Segments - 1).Select(TokensOf).DefaultIfEmpty(reach).Min();
        Reach = Math.Max(1, (reach + shortest - 1) / Math.Max(shortest, 1));
    }

    /// <summary>D.</summary>
    public int Dim { get; }

    /// <summary>H.</summary>
    public int Heads { get; }

    /// <summary>E.</summary>
    public int Inner { get; }

    /// <summary>S.</summary>
    public int Tokens { get; }

    /// <summary>The convolution of one sample.</summary>
    public ConvShape Conv { get; }

    /// <summary>Whether the last token is read first.</summary>
    public bool Reverse { get; }

    /// <summary>Multiply-adds of both projections and, about, of the mLSTM, of a sample.</summary>
    public double MultiplyAdds => (double)Tokens * Inner * ((3.0 * Dim) + (2.0 * Inner / Heads) + chunk);

    /// <summary>How many segments around its own the convolution of a segment reads.</summary>
    public int Reach { get; }

    /// <summary>Segments of a sample.</summary>
    public int Segments => segments.Count;

    /// <summary>Tokens of the longest.</summary>
    public int LongestSegment { get; }

    /// <summary>Tiles of a segment.</summary>
    public int TilesOf(int segment) => segments[segment].Count;

    /// <summary>Tokens of a segment.</summary>
    public int TokensOf(int segment)
    {
        var (from, to) = SegmentAt(segment);
        return to - from;
    }

    /// <summary>The piece of the convolution that a tile of a segment is, its first token and the one behind its last.</summary>
    public (int Piece, int From, int To) TileOf(int segment, int tile)
    {
        var place = segments[segment].First + tile;
        var (from, to) = Tile(place);
        return (Piece(place), from, to);
    }

    /// <summary>The first token of a segment, and the one behind its last, as they lie.</summary>
    public (int From, int To) SegmentAt(int segment)
    {
        var (first, count) = segments[segment];
        var (start, end) = (Tile(first), Tile(first + count - 1));
        return (Math.Min(start.From, end.From), Math.Max(start.To, end.To));
    }

    /// <summary>Tokens in the chunks of a segment: as even as they can be.</summary>
    /// <param name="tokens">Tokens of the segment.</param>
    public int ChunkOf(int tokens)
    {
        var chunks = Math.Max(1, (tokens + (chunk / 2)) / chunk);
        return (tokens + chunks - 1) / chunks;
    }

    private int Piece(int tile) => Reverse ? Conv.Pieces - 1 - tile : tile;

    /// <summary>Tokens of a tile: whole rows, or a part of one, so that they lie side by side.</summary>
    private (int From, int To) Tile(int tile)
    {
        var (_, top, bottom, left, right) = Conv.PieceAt(Piece(tile));
        return ((top * Conv.Columns) + left, ((bottom - 1) * Conv.Columns) + right);
    }
}
