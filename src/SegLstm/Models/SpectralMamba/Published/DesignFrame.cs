using SegLstm.Models.Hyperspectral;

namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>What stands around the blocks of a design.</summary>
/// <param name="EmbeddingNorm">Norm behind the embedding.</param>
/// <param name="LayerNorm">Norm of each layer.</param>
/// <param name="FinalNorm">Norm behind the layers.</param>
/// <param name="Positions">Whether there is a learned position embedding.</param>
/// <param name="Head">The classifier.</param>
public readonly record struct DesignFrame(
    DesignNorm EmbeddingNorm, DesignNorm LayerNorm, DesignNorm FinalNorm, bool Positions, DesignHead Head)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DesignFrame> All { get; } =
    [
        .. from embedding in new[] { DesignNorm.None, DesignNorm.Affine }
           from layer in Enum.GetValues<DesignNorm>()
           from final in Enum.GetValues<DesignNorm>()
           from positions in new[] { false, true }
           from head in Enum.GetValues<DesignHead>()
           select new DesignFrame(embedding, layer, final, positions, head),
    ];

    /// <summary>Its cost.</summary>
    /// <param name="dim">D.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="depth">Layers.</param>
    /// <param name="rule">What is counted.</param>
    public ProfilerCost Cost(int dim, int tokens, int depth, CountRule rule)
    {
        var positions = Positions && rule == CountRule.AllParameters ? new ProfilerCost((long)dim * tokens, 0) : default;
        var head = Head switch
        {
            DesignHead.Pooled => ProfilerCost.Linear(dim, PublishedRow.Classes),
            DesignHead.PooledNormed => ProfilerCost.Norm(dim, 1) + ProfilerCost.Linear(dim, PublishedRow.Classes),
            _ => ProfilerCost.Linear((long)dim * tokens, PublishedRow.Classes),
        };
        return positions + head + Norm(EmbeddingNorm) + (depth * Norm(LayerNorm)) + Norm(FinalNorm);

        ProfilerCost Norm(DesignNorm norm) => norm switch
        {
            DesignNorm.Affine => ProfilerCost.Norm(dim, tokens),
            DesignNorm.Rms when rule == CountRule.AllParameters => new ProfilerCost(dim, 0),
            _ => default,
        };
    }
}
