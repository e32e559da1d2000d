using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel of each sample over space (Ulyanov et al. 2016).</summary>
public abstract class InstanceNorm : NormBase
{
    /// <summary>Instance normalisation of <paramref name="num_features"/> channels.</summary>
    public InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>The number of dimensions of an input without a batch dimension.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (input.dim() != GetNumberOfBatchDimensions()) return Apply(input);
        using var batch = input.unsqueeze(0);
        using var normalised = Apply(batch);
        return normalised.squeeze(0);
    }

    private Tensor Apply(Tensor input)
        => functional.instance_norm(input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0, eps);
}
