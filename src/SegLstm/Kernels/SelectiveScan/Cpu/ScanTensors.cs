using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The inputs of a scan as contiguous tensors of one element type in host memory. Weights that differ from token to
/// token are <c>(B, G, L, N)</c>, so that those of a token lie together.</summary>
internal sealed record ScanTensors(
    Tensor U, Tensor Delta, Tensor A, Tensor B, Tensor C, Tensor? D, Tensor? Z, Tensor? DeltaBias, bool Softplus, bool Reverse)
{
    /// <summary>Sizes, for vectors of a number of elements.</summary>
    public ScanShape Shape(int lanes) => new(
        checked((int)U.shape[0]), checked((int)U.shape[1]), checked((int)U.shape[2]), checked((int)A.shape[1]), Groups(B),
        Groups(C), lanes, Reverse);

    /// <summary>Where they lie.</summary>
    public unsafe ScanInputs<T> Inputs<T>()
        where T : unmanaged => new()
        {
            U = TensorMemory.Pointer<T>(U), Delta = TensorMemory.Pointer<T>(Delta), A = TensorMemory.Pointer<T>(A),
            B = TensorMemory.Pointer<T>(B), C = TensorMemory.Pointer<T>(C), D = TensorMemory.Pointer<T>(D),
            Z = TensorMemory.Pointer<T>(Z), DeltaBias = TensorMemory.Pointer<T>(DeltaBias), Softplus = Softplus,
        };

    private static int Groups(Tensor weights) => weights.dim() == 2 ? 0 : checked((int)weights.shape[1]);
}
