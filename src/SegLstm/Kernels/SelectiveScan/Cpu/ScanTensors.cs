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
            U = Pointer<T>(U), Delta = Pointer<T>(Delta), A = Pointer<T>(A), B = Pointer<T>(B), C = Pointer<T>(C),
            D = Pointer<T>(D), Z = Pointer<T>(Z), DeltaBias = Pointer<T>(DeltaBias), Softplus = Softplus,
        };

    /// <summary>The first element of a contiguous tensor; null for none. Valid as long as the tensor.</summary>
    public static unsafe T* Pointer<T>(Tensor? x)
        where T : unmanaged
    {
        if (x is null || x.numel() == 0)
        {
            return null;
        }

        // A span over the whole would end at 2 GiB. What it points to is libtorch's memory, which does not move.
        using var first = x.view(-1).narrow(0, 0, 1);
        fixed (byte* pointer = first.bytes)
        {
            return (T*)pointer;
        }
    }

    private static int Groups(Tensor weights) => weights.dim() == 2 ? 0 : checked((int)weights.shape[1]);
}
