namespace SegLstm.Models.Mamba;

/// <summary>Multiply-adds of Mamba blocks in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class MambaComplexity
{
    /// <summary>A whole block on a sequence of <paramref name="tokens"/> tokens.</summary>
    public static double Block(MambaConfig config, long tokens) =>
        // Two SiLUs, skip and gate.
        Projections(config, tokens, directions: 1) + Scan(config, tokens) + (4.0 * tokens * config.Inner);

    /// <summary>Projections and convolutions; the inner ones once a direction.</summary>
    /// <param name="config">The block.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="directions">How often convolution, x_proj and dt_proj are computed.</param>
    public static double Projections(MambaConfig config, long tokens, int directions)
    {
        var (d, e, rank) = ((double)config.Dim, (double)config.Inner, config.Rank);
        var inner = e * (config.ConvKernelSize + (2 * rank) + (2 * config.StateSize));
        return tokens * ((3 * d * e) + (directions * inner));
    }

    /// <summary>One selective scan: nine operations a number of the state and token, as VMamba and the authors of Mamba
    /// count.</summary>
    /// <param name="config">The block.</param>
    /// <param name="tokens">Tokens.</param>
    public static double Scan(MambaConfig config, long tokens) => 9.0 * tokens * config.Inner * config.StateSize;
}
