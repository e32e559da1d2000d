using SegLstm.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm.Gpu;

/// <summary>The norm of every head of every token on a device, forward and backward, in float32; <c>head_norm.cl</c> says
/// how.</summary>
/// <remarks>Tensors are contiguous float32: heads <c>(B, H, S, W)</c>, weight and bias <c>(H·W)</c>. Results do not depend on
/// <paramref name="groupSize"/>. Errors against float64, by the largest number: 2e-6.</remarks>
/// <param name="gpu">The device.</param>
/// <param name="eps">Added to the variance.</param>
/// <param name="groupSize">Threads in a group.</param>
internal sealed class GpuHeadNorm(IGpu gpu, double eps = 1e-5, int groupSize = 128)
{
    /// <summary>Tokens in a block: <c>BLOCK</c> of the kernels.</summary>
    private const int Block = 64;

    private static readonly GpuSource Source = GpuSource.HeadNorm;

    /// <summary>Normalises and joins the heads.</summary>
    /// <param name="x">Heads <c>(B, H, S, W)</c>.</param>
    /// <param name="weight">Multiplier <c>(H·W)</c>.</param>
    /// <param name="bias"><c>(H·W)</c>; null: none.</param>
    /// <returns>Tokens <c>(B, S, H·W)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor Forward(Tensor x, Tensor weight, Tensor? bias)
    {
        var (batch, heads, tokens, width) = Sizes(x, weight, bias);
        using var scope = NewDisposeScope();
        using var run = gpu.Begin();
        var y = empty([batch, tokens, (long)heads * width], dtype: x.dtype, device: x.device);
        run.Launch(
            Source, "norm_outputs", (long)batch * heads * tokens, groupSize, x, weight, bias, y, batch, heads, tokens, width,
            (float)eps);
        run.Finish();
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>Gradients of <see cref="Forward"/>.</summary>
    /// <param name="x">Heads <c>(B, H, S, W)</c>.</param>
    /// <param name="weight">Multiplier <c>(H·W)</c>.</param>
    /// <param name="bias"><c>(H·W)</c>; null: none.</param>
    /// <param name="gradient">Gradient of the outputs <c>(B, S, H·W)</c>, contiguous.</param>
    /// <returns>Gradients of the inputs, in their order.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public (Tensor X, Tensor Weight, Tensor? Bias) Backward(Tensor x, Tensor weight, Tensor? bias, Tensor gradient)
    {
        var (batch, heads, tokens, width) = Sizes(x, weight, bias);
        using var scope = NewDisposeScope();
        using var run = gpu.Begin();
        Tensor Empty(params long[] shape) => empty(shape, dtype: x.dtype, device: x.device);
        var (dx, statistics) = (empty_like(x), Empty(batch, heads, tokens, 2));
        run.Launch(
            Source, "norm_gradients", (long)batch * heads * tokens, groupSize, x, weight, gradient, dx, statistics, batch, heads,
            tokens, width, (float)eps);
        var blocks = checked((int)((((long)batch * tokens) + Block - 1) / Block));
        var (parts, sums) = (Empty(blocks, 2, (long)heads * width), Empty(2, (long)heads * width));
        run.Launch(
            Source, "norm_weight_gradients", parts.numel(), groupSize, x, statistics, gradient, parts, batch, heads, tokens,
            width);
        run.Launch(GpuSource.Sums, "sum_rows", sums.numel(), groupSize, parts, sums, 1L, blocks, sums.numel(), 0);
        run.Finish();
        var (dw, db) = (sums.select(0, 0).contiguous(), bias is null ? null : sums.select(0, 1).contiguous());
        return (dx.MoveToOuterDisposeScope(), dw.MoveToOuterDisposeScope(), db?.MoveToOuterDisposeScope());
    }

    private static (int Batch, int Heads, int Tokens, int Width) Sizes(Tensor x, Tensor weight, Tensor? bias)
    {
        if (x.dim() != 4 || x.numel() == 0)
        {
            throw new ArgumentException(
                $"x: expected (B, H, S, W) with at least one token, got ({string.Join(", ", x.shape)}).", nameof(x));
        }

        var channels = x.shape[1] * x.shape[3];
        foreach (var (name, parameter) in new[] { (nameof(weight), weight), (nameof(bias), bias) })
        {
            if (parameter is not null && !parameter.shape.SequenceEqual([channels]))
            {
                throw new ArgumentException(
                    $"{name}: expected ({channels}), got ({string.Join(", ", parameter.shape)}).", name);
            }
        }

        return (checked((int)x.shape[0]), checked((int)x.shape[1]), checked((int)x.shape[2]), checked((int)x.shape[3]));
    }
}
