using SegLstm.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.distributed;

namespace TorchSharp.Modules;

/// <summary>Batch normalisation by the statistics of all ranks' batches together, forward and backward.</summary>
/// <remarks>
/// Mean and variance of each rank are exchanged in float64 and joined by Chan's formula in the order of the ranks, so that all get
/// the same bits. The gradient of the input needs two sums over all ranks, those of the gradient and of its product with the
/// normalised input (Ioffe and Szegedy 2015, section 3). Gradients of scale and offset stay this rank's own: whoever sums the
/// gradients of parameters over ranks sums these too.
/// </remarks>
internal sealed class SynchronizedNorm : autograd.SingleTensorFunction<SynchronizedNorm>
{
    private static readonly Operator s_statistics = new("aten::batch_norm_update_stats");
    private static readonly Operator s_backward = new("aten::native_batch_norm_backward");

    /// <inheritdoc/>
    public override string Name => nameof(SynchronizedNorm);

    /// <summary>Normalises and moves the running statistics.</summary>
    /// <param name="norm">The layer, in training.</param>
    /// <param name="input"><c>(N, C, *)</c>; other types than float32 and float64 are computed in float32.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="share">The batch's share in the running statistics; null leaves them alone.</param>
    internal static Tensor Normalise(BatchNorm norm, Tensor input, ProcessGroup group, double? share)
    {
        bool isHalf = input.dtype is not (ScalarType.Float32 or ScalarType.Float64);
        using Tensor? single = isHalf ? input.to(ScalarType.Float32) : null;
        Tensor output = apply(single ?? input, norm.weight, norm.bias!, norm, group, share!);
        if (!isHalf) return output;
        using (output) return output.to(input.dtype);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor?)vars[1], (Tensor?)vars[2]);
        var (norm, group, share) = ((BatchNorm)vars[3], (ProcessGroup)vars[4], (double?)vars[5]);
        using DisposeScope scope = NewDisposeScope();
        (Tensor mean, Tensor variance, double count) = Statistics(input, group);
        if (share is { } part && norm.running_mean is { } runningMean && norm.running_var is { } runningVariance)
        {
            runningMean.mul_(1 - part).add_(mean.to(runningMean.dtype), alpha: part);
            runningVariance.mul_(1 - part).add_((variance * (count / Math.Max(count - 1, 1))).to(runningVariance.dtype), alpha: part);
        }

        (mean, variance) = (mean.to(input.dtype), variance.to(input.dtype));
        ctx.save_for_backward([input, mean.DetachFromDisposeScope(), variance.DetachFromDisposeScope()]);
        ctx.save_data("weight", weight!);
        ctx.save_data("eps", norm.eps);
        ctx.save_data("count", count);
        ctx.save_data("group", group);
        return nn.functional.batch_norm(input, mean, variance, weight, bias, training: false, 0, norm.eps).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        var (input, mean, variance) = (saved[0], saved[1], saved[2]);
        var weight = (Tensor?)ctx.get_data("weight");
        var (eps, count) = ((double)ctx.get_data("eps")!, (double)ctx.get_data("count")!);

        // With fixed statistics: the gradient as if they did not depend on the input, and this rank's part of the two sums.
        (Tensor gradient, Tensor product, Tensor sum) = s_backward.Invoke3(grad_output.contiguous(), input, weight, mean, variance,
            mean, variance, false, eps, new[] { true, true, true });
        using Tensor sums = stack([sum, product]).to(ScalarType.Float64, copy: true);
        all_reduce(sums, group: (ProcessGroup)ctx.get_data("group")!);

        long[] channels = [1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)];
        using Tensor scale = (variance.to(ScalarType.Float64) + eps).rsqrt();
        using Tensor factor = weight is null ? scale.clone() : scale * weight;
        using Tensor offset = (factor * sums[0] / count).to(input.dtype).view(channels);
        using Tensor slope = (factor * scale * sums[1] / count).to(input.dtype).view(channels);
        using Tensor centred = input - mean.view(channels);
        gradient.sub_(offset).addcmul_(centred, slope, value: -1);
        return [gradient, weight is null ? null! : product, weight is null ? null! : sum, null!, null!, null!];
    }

    // Of all ranks: mean and biased variance (C) in float64, and how many values each is over.
    private static (Tensor Mean, Tensor Variance, double Count) Statistics(Tensor input, ProcessGroup group)
    {
        double own = input.numel() / (double)Math.Max(input.shape[1], 1);
        (Tensor mean, Tensor variance) = s_statistics.Invoke2(input, (Tensor?)null, (Tensor?)null, 0.0);
        Tensor row = cat([full([1], own, ScalarType.Float64), mean.to(ScalarType.Float64), variance.to(ScalarType.Float64)]);
        Tensor[] rows = [.. Enumerable.Range(0, group.size()).Select(_ => empty_like(row))];
        all_gather(rows, row, group);

        Tensor all = stack(rows);
        long width = input.shape[1];
        Tensor counts = all.narrow(1, 0, 1), means = all.narrow(1, 1, width), variances = all.narrow(1, 1 + width, width);
        double count = counts.sum().item<double>();
        Tensor joined = (means * counts).sum(dim: 0) / count;
        Tensor spread = ((variances + (means - joined).square()) * counts).sum(dim: 0) / count;
        return (joined, spread, count);
    }
}
