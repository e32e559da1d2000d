using static TorchSharp.torch;

namespace SegLstm.Kernels.Simd;

/// <summary>Where a tensor's numbers lie.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first element of a tensor of any strides in host memory; null for none. Valid as long as the tensor.</summary>
    public static T* Pointer<T>(Tensor? x)
        where T : unmanaged
    {
        if (x is null || x.numel() == 0)
        {
            return null;
        }

        // A span over the whole would end at 2 GiB. What it points to is libtorch's memory, which does not move.
        using var first = x.as_strided([1], [1], x.storage_offset());
        fixed (byte* pointer = first.bytes)
        {
            return (T*)pointer;
        }
    }
}
