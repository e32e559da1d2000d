using static TorchSharp.torch;

namespace SegLstm.Kernels.Gpu;

/// <summary>An argument of a kernel: a tensor or none, or a number.</summary>
internal readonly struct GpuArgument
{
    private GpuArgument(Tensor? tensor, long bits, int size) => (Tensor, Bits, Size) = (tensor, bits, size);

    /// <summary>The tensor; null where the argument is a number, or a tensor that is left out.</summary>
    public Tensor? Tensor { get; }

    /// <summary>The number's bits.</summary>
    public long Bits { get; }

    /// <summary>The number's bytes; 0 for a tensor.</summary>
    public int Size { get; }

    /// <summary>A contiguous float32 tensor; null is the kernel's null pointer, as is a tensor without elements.</summary>
    public static implicit operator GpuArgument(Tensor? tensor) => new(tensor, 0, 0);

    /// <summary>An address on the device.</summary>
    public static implicit operator GpuArgument(nint pointer) => new(null, pointer, sizeof(long));

    /// <summary>An <c>int</c>.</summary>
    public static implicit operator GpuArgument(int number) => new(null, number, sizeof(int));

    /// <summary>A <c>long</c>.</summary>
    public static implicit operator GpuArgument(long number) => new(null, number, sizeof(long));

    /// <summary>A <c>float</c>.</summary>
    public static implicit operator GpuArgument(float number) => new(null, BitConverter.SingleToInt32Bits(number), sizeof(float));
}
