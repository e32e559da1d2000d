using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Gpu;

/// <summary>Where CPU tensors lie.</summary>
internal static class HostMemory
{
    /// <summary>Whether a tensor is what kernels take: contiguous float32 numbers in host memory.</summary>
    public static bool Holds(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

    /// <summary>The address of the first number, valid as long as the tensor.</summary>
    public static unsafe nint Of(Tensor tensor)
    {
        // A span over the whole would end at 2 GiB. What it points to is libtorch's memory, which does not move.
        using var first = tensor.view(-1).narrow(0, 0, 1);
        fixed (byte* pointer = first.bytes)
        {
            return (nint)pointer;
        }
    }
}
