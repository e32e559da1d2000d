using SegLstm.Layers;

namespace SegLstm.Models.VMamba;

/// <summary>Multiply-adds of VMamba in closed form, by the convention of <see cref="Complexity"/>.</summary>
/// <remarks>A scan counts 9·L·E·N for each of the four directions, plus L·E for its skip; making its step sizes, B and C counts
/// as the matrix products they are, and adding the four results 3·L·E.</remarks>
public static class VMambaComplexity
{
    /// <summary>The whole classifier on one image.</summary>
    public static double Classifier(VMambaConfig config, long height, long width)
    {
        double last = VMambaGrids.OfStages(config, height, width).Last().Tokens;
        return Stages(config, height, width) + (3 * last * config.Dims[^1]) + ((double)config.Classes * config.Dims[^1]);
    }

    /// <summary>The backbone with its norms on one image.</summary>
    public static double Backbone(VMambaConfig config, long height, long width) =>
        Stages(config, height, width)
        + VMambaGrids.OfStages(config, height, width).Zip(config.Dims, (grid, dim) => 2.0 * grid.Tokens * dim).Sum();

    /// <summary>One block on a map of <paramref name="pixels"/> pixels.</summary>
    public static double Block(SS2DConfig config, double mlpRatio, long pixels)
    {
        // Norm and sum around each branch: 3 D.
        double d = config.Dim, hidden = (long)(config.Dim * mlpRatio);
        var mlp = hidden > 0 ? (2 * d * hidden) + hidden + (3 * d) : 0;
        return (pixels * (mlp + (3 * d))) + Operator(config, pixels);
    }

    private static double Operator(SS2DConfig config, long pixels)
    {
        double d = config.Dim, e = config.InnerDim, n = config.StateSize, r = config.StepRank;
        var form = SS2DForm.Parse(config.ForwardType);
        double kernel = config.ConvKernelSize < 2 ? 0 : config.ConvKernelSize * config.ConvKernelSize;
        var projections = (d * e * (form.Gate ? 3 : 2)) + (e * kernel);
        var scans = CrossScan.Directions * ((e * (r + (2 * n))) + (r * e) + (9 * e * n) + e);
        var norm = form.Norm switch
        {
            SS2DNorm.None => 0,
            SS2DNorm.LayerNorm => 2 * e,
            SS2DNorm.DepthwiseConvolution => 9 * e,
            SS2DNorm.LayerNormAndConvolution => 11 * e,
            _ => e,
        };
        // SiLU and three sums; gate and its activation; GELU.
        var elementwise = e * (4 + (form.Gate ? (form.GateActivation ? 2 : 1) : 0) + (form.OutputActivation ? 1 : 0));
        return pixels * (projections + scans + norm + elementwise);
    }

    private static double Stages(VMambaConfig config, long height, long width)
    {
        TokenGrid[] grids = [.. VMambaGrids.OfStages(config, height, width)];
        var total = Stem(config, height, width, grids[0].Tokens);
        for (var stage = 0; stage < grids.Length; stage++)
        {
            total += config.Depths[stage] * Block(config.Operator(stage), config.MlpRatio, grids[stage].Tokens);
            if (stage > 0)
            {
                total += Downsample(config, stage, grids[stage].Tokens);
            }
        }

        return total;
    }

    private static double Stem(VMambaConfig config, long height, long width, double pixels)
    {
        double d = config.Dims[0], bands = config.Channels;
        if (config.PatchEmbed == PatchEmbedVersion.V1)
        {
            return pixels * d * ((bands * config.PatchSize * config.PatchSize) + 2);
        }

        var kernel = Math.Pow((config.PatchSize / 2) + 1, 2);
        double first = VMambaGrids.AfterFirstConvolution(config, height, width).Tokens, half = config.Dims[0] / 2;
        // Norm and GELU between the convolutions.
        return (first * half * ((kernel * bands) + 3)) + (pixels * d * ((kernel * half) + 2));
    }

    private static double Downsample(VMambaConfig config, int stage, double pixels)
    {
        double from = config.Dims[stage - 1], to = config.Dims[stage];
        return pixels * (config.Downsample switch
        {
            DownsampleVersion.V1 => (4 * from * to) + (8 * from),
            DownsampleVersion.V2 => (4 * from * to) + (2 * to),
            _ => (9 * from * to) + (2 * to),
        });
    }
}
