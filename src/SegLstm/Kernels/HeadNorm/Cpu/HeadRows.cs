using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm.Cpu;

/// <summary>Where the heads of a tensor <c>(B, H, S, W)</c> lie whose channels are side by side. Valid as long as the
/// tensor.</summary>
/// <typeparam name="T">The element.</typeparam>
internal readonly unsafe struct HeadRows<T>
    where T : unmanaged
{
    private readonly T* start;
    private readonly nint sampleStep;
    private readonly nint headStep;
    private readonly nint tokenStep;

    /// <summary>Finds the heads.</summary>
    /// <param name="x">The tensor, as <see cref="TokenTensors.Ready"/> gives it.</param>
    public HeadRows(Tensor x)
    {
        var steps = x.stride();
        start = TensorMemory.Pointer<T>(x);
        (sampleStep, headStep, tokenStep) = ((nint)steps[0], (nint)steps[1], (nint)steps[2]);
    }

    /// <summary>The first channel of a head of a token.</summary>
    public T* At(int sample, int head, int token) =>
        start + (sample * sampleStep) + (head * headStep) + (token * tokenStep);
}
