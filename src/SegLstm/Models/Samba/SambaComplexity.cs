using SegLstm.Models.Mamba;

namespace SegLstm.Models.Samba;

/// <summary>Multiply-adds of the Samba encoder in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class SambaComplexity
{
    /// <summary>The whole encoder on one image.</summary>
    public static double Encoder(SambaConfig config, long height, long width)
    {
        var (rows, columns) = (Half(height), Half(width));
        var total = Stem(config, rows * columns);
        for (var stage = 0; stage < config.Dims.Length; stage++)
        {
            var channels = stage == 0 ? config.StemDim : config.Dims[stage - 1];
            (rows, columns) = (Half(rows), Half(columns));
            var (tokens, dim) = (rows * columns, (double)config.Dims[stage]);
            // The convolution with stride 2 and bias, its norm, and the norm behind the stage.
            total += tokens * dim * ((9 * channels) + 1 + 4);
            total += config.Depths[stage] * Block(config, stage, tokens);
        }

        return total;
    }

    private static double Stem(SambaConfig config, long pixels)
    {
        // Three convolutions, each with a norm (2) and a ReLU (1).
        var taps = (49 * config.Channels) + (2 * 9 * config.StemDim);
        return (double)pixels * config.StemDim * (taps + (3 * 3));
    }

    private static double Block(SambaConfig config, int stage, long tokens)
    {
        var (dim, hidden) = ((double)config.Dims[stage], (double)config.Hidden(stage));
        // Two norms and two residuals; both linear layers with bias; the depthwise convolution with bias; GELU.
        return MambaComplexity.Block(config.Block(stage), tokens)
            + (tokens * ((6 * dim) + (2 * dim * hidden) + dim + hidden + (10 * hidden) + hidden));
    }

    /// <summary>Pixels in a row behind a convolution with stride 2.</summary>
    private static long Half(long side) => (side + 1) / 2;
}
