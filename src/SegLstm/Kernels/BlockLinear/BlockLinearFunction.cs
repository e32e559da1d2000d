using SegLstm.Kernels.BlockLinear.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.BlockLinear;

/// <summary>The map on the CPU as a function with a gradient written by hand: <c>dx</c> by the transposed blocks,
/// <c>dW[b, o, i] = Σ g_o x_i</c> and <c>dbias = Σ g</c> over the tokens.</summary>
internal sealed class BlockLinearFunction : autograd.SingleTensorFunction<BlockLinearFunction>
{
    /// <summary>Channels of a block.</summary>
    public const int Block = 4;

    /// <inheritdoc/>
    public override string Name => nameof(BlockLinear);

    /// <summary>Maps tokens, and records a gradient where one may be asked for.</summary>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(x, weight, bias)
            ? apply(x, weight, bias!, width)
            : CpuBlockLinear.Forward(TokenTensors.Ready(x), Columns(weight), bias?.contiguous(), width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias, width) =
            (TokenTensors.Ready((Tensor)vars[0]), (Tensor)vars[1], vars[2] as Tensor, (LaneWidth)vars[3]);
        ctx.save_for_backward([x, weight]);
        ctx.save_data("bias", bias is not null);
        ctx.save_data("width", width);
        return CpuBlockLinear.Forward(x, Columns(weight), bias?.contiguous(), width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond(nameof(BlockLinearReference));
        var saved = ctx.get_saved_variables();
        var (x, weight) = (saved[0], saved[1]);
        var (dx, sums) = CpuBlockLinear.Backward(
            x, Columns(weight.transpose(1, 2)), TokenTensors.Ready(grad_output), (LaneWidth)ctx.get_data("width")!);
        var (dColumns, dBias) = PartSums.Added(sums);
        return [dx, Blocks(dColumns), (bool)ctx.get_data("bias")! ? dBias : null!, null!];
    }

    /// <summary>The width asked for, or the next that a block fits into.</summary>
    public static LaneWidth Fitting(LaneWidth width, ScalarType type) =>
        type == ScalarType.Float64 && width == LaneWidth.Bits128 ? LaneWidth.Bits256 : width;

    /// <summary>Columns of the blocks <c>(in, E)</c>: what input i of a block gives to each output.</summary>
    public static Tensor Columns(Tensor weight) => weight.permute(2, 0, 1).contiguous();

    /// <summary>The opposite: blocks <c>(E/4, 4, 4)</c> of columns <c>(in, E)</c>.</summary>
    public static Tensor Blocks(Tensor columns) => columns.view(Block, -1, Block).permute(1, 2, 0).contiguous();
}
