using SegLstm.Kernels.DenseLinear;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>A linear map of every pixel's channels, wherever the channels stand.</summary>
/// <remarks>Weight <c>(out, in)</c>, two-dimensional for channels-first maps too. Source: MzeroMiko/VMamba, <c>Linear</c>, which
/// convolves channels-first maps with 1×1 kernels: the same numbers.</remarks>
public sealed class GridLinear : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly bool channelsFirst;

    /// <summary>Makes the map: weight normal with standard deviation 0.02, bias 0.</summary>
    /// <param name="inDim">Channels in.</param>
    /// <param name="outDim">Channels out.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    /// <param name="channelsFirst">True: maps are <c>(B, C, H, W)</c>; false: channels last.</param>
    public GridLinear(long inDim, long outDim, bool hasBias, bool channelsFirst) : base(nameof(GridLinear))
    {
        this.channelsFirst = channelsFirst;
        weight = nn.Parameter(empty([outDim, inDim]));
        // The authors truncate at ±2, a hundred standard deviations: where no number falls.
        nn.init.normal_(weight, std: 0.02);
        bias = hasBias ? nn.Parameter(zeros([outDim])) : null;
        RegisterComponents();
    }

    /// <summary><c>(B, in, H, W)</c> to <c>(B, out, H, W)</c>, or <c>(..., in)</c> to <c>(..., out)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        if (!channelsFirst)
        {
            return DenseLinear.Forward(x, weight, bias);
        }

        // Norms leave channels-first maps with their channels next to each other in memory, so that this copies nothing.
        using var scope = NewDisposeScope();
        return DenseLinear.Forward(x.permute(0, 2, 3, 1), weight, bias).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
