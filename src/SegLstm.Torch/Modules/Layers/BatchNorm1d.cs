using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Batch normalisation of <c>(N, C) or (N, C, L)</c>.</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
    {
    }

    /// <inheritdoc/>
    protected override void ValidateInputDimensions(Tensor input) => Require(input, 2, 3, "(N, C) or (N, C, L)");
}
