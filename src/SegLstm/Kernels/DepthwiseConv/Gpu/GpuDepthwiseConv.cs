using SegLstm.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv.Gpu;

/// <summary>Depthwise convolutions of tokens on a device, forward and backward, in float32; <c>depthwise_conv.cl</c> says
/// how.</summary>
/// <remarks>Tensors are contiguous float32: tokens <c>(B, S, E)</c>, bias <c>(E)</c> or null. Results do not depend on
/// <paramref name="groupSize"/>. Errors against float64, by the largest number: 2e-6.</remarks>
/// <param name="gpu">The device.</param>
/// <param name="window">The grid and what a token sees of it.</param>
/// <param name="silu">Whether SiLU follows.</param>
/// <param name="groupSize">Threads in a group.</param>
internal sealed class GpuDepthwiseConv(IGpu gpu, ConvWindow window, bool silu, int groupSize = 128)
{
    /// <summary>Tokens in a block: <c>BLOCK</c> of the kernels.</summary>
    private const int Block = 64;

    private static readonly GpuSource Source = GpuSource.DepthwiseConv;

    /// <summary>Convolves every channel.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="weight">Taps: E windows.</param>
    /// <param name="bias"><c>(E)</c>; null: none.</param>
    /// <returns>Tokens <c>(B, S, E)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor Forward(Tensor x, Tensor weight, Tensor? bias)
    {
        Check(x, weight, bias);
        using var scope = NewDisposeScope();
        using var run = gpu.Begin();
        var y = empty_like(x);
        Launch(run, "conv_outputs", x.numel(), x, [x, weight, bias, y], [silu ? 1 : 0]);
        run.Finish();
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>Gradients of <see cref="Forward"/>.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="weight">Taps: E windows.</param>
    /// <param name="bias"><c>(E)</c>; null: none.</param>
    /// <param name="gradient">Gradient of the outputs <c>(B, S, E)</c>, contiguous.</param>
    /// <returns>Gradients of the inputs, in their order.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public (Tensor X, Tensor Weight, Tensor? Bias) Backward(Tensor x, Tensor weight, Tensor? bias, Tensor gradient)
    {
        Check(x, weight, bias);
        using var scope = NewDisposeScope();
        using var run = gpu.Begin();
        var inner = gradient;
        if (silu)
        {
            inner = empty_like(x);
            Launch(run, "conv_inner_gradients", x.numel(), x, [x, weight, bias, gradient, inner], []);
        }

        var dx = empty_like(x);
        Launch(run, "conv_input_gradients", x.numel(), x, [weight, inner, dx], []);
        var (blocks, taps) = (checked((int)(((x.shape[0] * x.shape[1]) + Block - 1) / Block)), window.Taps);
        var parts = empty([blocks, taps + 1, x.shape[2]], dtype: x.dtype, device: x.device);
        Launch(run, "conv_weight_gradients", parts.numel(), x, [x, inner, parts], []);
        var sums = empty([x.shape[2], taps + 1], dtype: x.dtype, device: x.device);
        run.Launch(
            GpuSource.Sums, "sum_rows", sums.numel(), groupSize, parts, sums, 1L, blocks, sums.numel(), checked((int)x.shape[2]));
        run.Finish();
        var dw = sums.narrow(1, 0, taps).contiguous().view(weight.shape);
        var db = bias is null ? null : sums.narrow(1, taps, 1).contiguous().view(-1);
        return (dx.MoveToOuterDisposeScope(), dw.MoveToOuterDisposeScope(), db?.MoveToOuterDisposeScope());
    }

    private void Launch(IGpuRun run, string kernel, long threads, Tensor x, GpuArgument[] tensors, GpuArgument[] options) =>
        run.Launch(Source, kernel, threads, groupSize, [
            .. tensors, checked((int)x.shape[0]), window.Rows, window.Columns, checked((int)x.shape[2]), window.WindowRows,
            window.WindowColumns, window.RowOrigin, window.ColumnOrigin, .. options]);

    private void Check(Tensor x, Tensor weight, Tensor? bias)
    {
        if (x.dim() != 3 || x.shape[1] != (long)window.Rows * window.Columns || x.numel() == 0)
        {
            throw new ArgumentException(
                $"x: expected (B, {window.Rows * window.Columns}, E), got ({string.Join(", ", x.shape)}).", nameof(x));
        }

        if (weight.numel() != x.shape[2] * window.Taps)
        {
            throw new ArgumentException(
                $"weight: expected {x.shape[2]} windows of {window.WindowRows} by {window.WindowColumns} taps, got "
                + $"({string.Join(", ", weight.shape)}).",
                nameof(weight));
        }

        if (bias is not null && bias.numel() != x.shape[2])
        {
            throw new ArgumentException(
                $"bias: expected ({x.shape[2]}), got ({string.Join(", ", bias.shape)}).", nameof(bias));
        }
    }
}
