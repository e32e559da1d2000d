using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Gpu;

/// <summary>The inputs of a scan, or their gradients, as contiguous float32 tensors. Weights that differ from token to token are
/// <c>(B, G, N, L)</c>, others <c>(D, N)</c>; letters and shapes as in <see cref="SelectiveScanReference"/>.</summary>
internal sealed record GpuScanTensors(
    Tensor U, Tensor Delta, Tensor A, Tensor B, Tensor C, Tensor? D, Tensor? Z, Tensor? DeltaBias, bool Softplus, bool Reverse)
{
    /// <summary>From a token to the next of the scan.</summary>
    public int Stride => Reverse ? -1 : 1;
}
