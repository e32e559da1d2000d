using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>The first values of SS2D's own parameters (<see cref="SS2DInit"/>), all four directions drawn apart.</summary>
/// <remarks>Source: MzeroMiko/VMamba, <c>mamba_init</c> and <c>SS2Dv2.__initv2__</c>.</remarks>
internal static class SS2DParameters
{
    private const double ShortestStep = 0.001;
    private const double LongestStep = 0.1;
    private const double StepFloor = 1e-4;

    /// <summary>Weights <c>(4, R+2N, E)</c> that make step sizes, B and C: as PyTorch starts four linear maps.</summary>
    public static Tensor ScanProjection(long inner, long rank, long states)
    {
        var bound = 1 / Math.Sqrt(inner);
        return empty([CrossScan.Directions, rank + (2 * states), inner]).uniform_(-bound, bound);
    }

    /// <summary>Weights <c>(4, E, R)</c> of the step sizes.</summary>
    public static Tensor StepWeight(SS2DConfig config)
    {
        long[] shape = [CrossScan.Directions, config.InnerDim, config.StepRank];
        var bound = Math.Pow(config.StepRank, -0.5);
        return config.Init switch
        {
            SS2DInit.Mamba => empty(shape).uniform_(-bound, bound),
            SS2DInit.Normal => randn(shape).mul_(0.1),
            _ => rand(shape).mul_(0.1),
        };
    }

    /// <summary>Biases <c>(4, E)</c> of the step sizes.</summary>
    public static Tensor StepBias(SS2DConfig config)
    {
        using var scope = NewDisposeScope();
        long[] shape = [CrossScan.Directions, config.InnerDim];
        return (config.Init switch
        {
            SS2DInit.Mamba => InverseSoftplus(
                (rand(shape) * Math.Log(LongestStep / ShortestStep) + Math.Log(ShortestStep)).exp().clamp_min(StepFloor)),
            SS2DInit.Normal => randn(shape) * 0.1,
            _ => rand(shape) * 0.1,
        }).MoveToOuterDisposeScope();
    }

    /// <summary>Logarithms <c>(4E, N)</c> of the decays -A.</summary>
    public static Tensor LogDecays(SS2DConfig config)
    {
        using var scope = NewDisposeScope();
        var channels = CrossScan.Directions * config.InnerDim;
        return (config.Init switch
        {
            SS2DInit.Mamba => arange(1, config.StateSize + 1, dtype: ScalarType.Float32).log().repeat(channels, 1),
            SS2DInit.Normal => randn([channels, config.StateSize]),
            _ => zeros([channels, config.StateSize]),
        }).MoveToOuterDisposeScope();
    }

    private static Tensor InverseSoftplus(Tensor step) => step + (-(-step).expm1()).log();
}
