using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel over batch and space (Ioffe and Szegedy 2015); running statistics stand in at evaluation.</summary>
public abstract class BatchNorm : NormBase
{
    /// <summary>Batch normalisation of <paramref name="num_features"/> channels.</summary>
    public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>The ranks whose batches are normalised as one while training (see <see cref="SyncBatchNorm"/>); null: this process's
    /// own batch.</summary>
    public distributed.ProcessGroup? process_group { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var share = momentum ?? 0;
        if (training && num_batches_tracked is { } counter)
        {
            using (no_grad()) counter.add_(1);
            if (momentum is null) share = 1.0 / counter.item<long>();
        }
        var useBatch = training || running_mean is null || running_var is null;

        // Statistics that are not tracked must not be changed by a forward pass in training mode either.
        var (mean, variance) = !training || track_running_stats ? (running_mean, running_var) : (null, null);
        if (training && process_group is { } group && group.size() > 1)
            return SynchronizedNorm.Normalise(this, input, group, track_running_stats ? share : null);
        return functional.batch_norm(input, mean!, variance!, weight, bias, useBatch, share, eps);
    }
}
