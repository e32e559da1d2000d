using static TorchSharp.torch;

namespace SegLstm.Kernels.Simd;

/// <summary>Where a tensor's numbers lie.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first element of a tensor of any strides in host memory; null for none. Valid as long as the
    /// tensor.</summary>
    public static T* Pointer<T>(Tensor? x)
        where T : unmanaged
    {
        if (x is null || x.numel() == 0)
        {
            return null;
        }

        // What the spans point to is libtorch's memory, which does not move. They end at 2 GiB. Looking at a contiguous tensor as
        // a whole takes no operator.
        if (x.is_contiguous() && x.numel() <= int.MaxValue / sizeof(T))
        {
            fixed (byte* pointer = x.bytes)
            {
                return (T*)pointer;
            }
        }

        using var first = x.as_strided([1], [1], x.storage_offset());
        fixed (byte* pointer = first.bytes)
        {
            return (T*)pointer;
        }
    }
}
