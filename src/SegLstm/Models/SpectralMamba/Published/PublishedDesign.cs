using SegLstm.Models.Hyperspectral;

namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>A design of the pixelwise model that the paper may have meant, with its counts at 145 bands and 14 classes.</summary>
/// <param name="Pieces">The sequence.</param>
/// <param name="StemChannels">Channels of a convolution along all bands in front; 0: none.</param>
/// <param name="StemTaps">Its taps.</param>
/// <param name="Embedding">From piece to token.</param>
/// <param name="Dim">D.</param>
/// <param name="Depth">Layers.</param>
/// <param name="Block">The Mamba part of a layer.</param>
/// <param name="Frame">What stands around.</param>
/// <param name="Rule">How it is counted.</param>
public sealed record PublishedDesign(
    SpectrumPieces Pieces, int StemChannels, int StemTaps, DesignEmbedding Embedding, int Dim, int Depth, DesignBlock Block,
    DesignFrame Frame, CountRule Rule)
{
    /// <summary>The reference design of this project.</summary>
    public static PublishedDesign Reference { get; } = new(
        SpectrumPieces.Of(PublishedRow.Bands, 6, PieceRule.BandsPerPiece), 0, 0, DesignEmbedding.Linear, 32, 1,
        new DesignBlock(2, 16, 4, 2, ScanDirections.One),
        new DesignFrame(DesignNorm.None, DesignNorm.Affine, DesignNorm.Affine, false, DesignHead.Pooled), CountRule.Profiler);

    /// <summary>Its counts.</summary>
    public ProfilerCost Cost => CostOf(Pieces);

    /// <summary>In how many choices it departs from Mamba's own block, read once from band to band, and from plain parts around
    /// it.</summary>
    public int Departures => new[]
    {
        StemChannels > 0, Embedding == DesignEmbedding.LinearWithoutBias, Block.Expansion != 2, Block.States != 16,
        Block.Taps != 4, Block.Rank != (Dim + 15) / 16, Block.Directions != ScanDirections.One,
        Frame.EmbeddingNorm != DesignNorm.None, Frame.Positions,
    }.Count(departs => departs);

    /// <summary>The same without piece-wise scanning: every band a token, or (the other reading) the whole spectrum one.</summary>
    /// <param name="oneToken">Whether the whole spectrum is one token.</param>
    public ProfilerCost CostWithoutPieces(bool oneToken) => CostOf(new SpectrumPieces(
        PublishedRow.Bands, oneToken ? 1 : PublishedRow.Bands, oneToken ? PublishedRow.Bands : 1));

    /// <summary>The cost of stem and embedding.</summary>
    internal static ProfilerCost Front(SpectrumPieces pieces, int channels, int taps, DesignEmbedding embedding, int dim)
    {
        var stem = channels == 0 ? default : ProfilerCost.Convolution(1, channels, taps, pieces.Bands);
        return embedding == DesignEmbedding.None ? stem
            : stem + ProfilerCost.Linear((long)pieces.Width * Math.Max(1, channels), dim, pieces.Count,
                bias: embedding == DesignEmbedding.Linear);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Pieces.Count} pieces of {Pieces.Width}"
        + (StemChannels > 0 ? $", stem {StemChannels} x {StemTaps}" : "")
        + $", embedding {Embedding}, D {Dim}, depth {Depth}, expand {Block.Expansion}, N {Block.States}, taps {Block.Taps}, "
        + $"rank {Block.Rank}, {Block.Directions}, norms {Frame.EmbeddingNorm}/{Frame.LayerNorm}/{Frame.FinalNorm}"
        + (Frame.Positions ? ", positions" : "") + $", head {Frame.Head}, counted {Rule}";

    private ProfilerCost CostOf(SpectrumPieces pieces)
    {
        // Without an embedding a token is as wide as its piece, so the width follows the pieces.
        var dim = Embedding == DesignEmbedding.None ? pieces.Width * Math.Max(1, StemChannels) : Dim;
        return Front(pieces, StemChannels, StemTaps, Embedding, dim)
            + (Depth * Block.Cost(dim, pieces.Count, Rule)) + Frame.Cost(dim, pieces.Count, Depth, Rule);
    }
}
