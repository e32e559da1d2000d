using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Mamba;

/// <summary>What a Mamba block remembers between two tokens.</summary>
/// <param name="Convolution">The last tokens in front of the convolution, oldest first, <c>(B, E, kernel)</c>.</param>
/// <param name="Scan">The scan's state <c>(B, E, N)</c>.</param>
public sealed record MambaState(Tensor Convolution, Tensor Scan)
{
    /// <summary>The state before the first token: zeros.</summary>
    /// <param name="config">The block.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="dtype">Type of the block's parameters; null: float32.</param>
    /// <param name="device">Device of the block's parameters; null: CPU.</param>
    public static MambaState Empty(MambaConfig config, long batch, ScalarType? dtype = null, Device? device = null) => new(
        zeros([batch, config.Inner, config.ConvKernelSize], dtype: dtype, device: device),
        zeros([batch, config.Inner, config.StateSize], dtype: dtype, device: device));
}
