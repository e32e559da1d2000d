using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Mamba;

/// <summary>How the parameters of a selective scan start.</summary>
/// <remarks>Source: Mamba (arXiv 2312.00752) section 3.6; state-spaces/mamba, <c>Mamba.__init__</c>.</remarks>
internal static class MambaInit
{
    private const double SmallestStep = 0.001;
    private const double LargestStep = 0.1;
    private const double StepFloor = 1e-4;

    /// <summary><c>A_log (E, N)</c> = log(1 .. N) in every channel: S4D's real initialisation.</summary>
    public static Parameter LogOfA(long inner, long states)
    {
        using var row = arange(1, states + 1, dtype: ScalarType.Float32).log();
        return nn.Parameter(row.repeat(inner, 1));
    }

    /// <summary>Starts the map from R numbers to step sizes: weight uniform in ±1/√R; bias such that softplus of it, the step
    /// size without input, is spread evenly over the powers between 0.001 and 0.1.</summary>
    public static void StepSizes(Linear projection)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var bound = 1 / Math.Sqrt(projection.weight!.shape[1]);
        nn.init.uniform_(projection.weight, -bound, bound);
        var bias = projection.bias!;
        var power = (rand(bias.shape) * Math.Log(LargestStep / SmallestStep)) + Math.Log(SmallestStep);
        var step = power.exp().clamp(min: StepFloor);
        bias.copy_(step + (-(-step).expm1()).log());
    }
}
