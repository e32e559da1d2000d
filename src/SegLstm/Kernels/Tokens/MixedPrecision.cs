using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>
/// Mixed precision on the CPU: convolutions and dense products in bfloat16 by libtorch's autocast, all else in float32. The kernels
/// written here take float32; what comes to them from a convolution is cast as they begin.
/// </summary>
internal static class MixedPrecision
{
#if TORCHSHARP
    /// <summary>Whether this build can do it: the TorchSharp package has no autocast.</summary>
    public const bool IsSupported = false;

    /// <summary>Whether this thread is within <see cref="Begin"/>.</summary>
    public static bool IsOn => false;

    /// <summary>Until it is disposed on the same thread, this thread computes so.</summary>
    public static IDisposable Begin() => throw new NotSupportedException("The TorchSharp package has no autocast.");
#else
    /// <summary>Whether this build can do it.</summary>
    public const bool IsSupported = true;

    /// <summary>Whether this thread is within <see cref="Begin"/>.</summary>
    public static bool IsOn => is_autocast_enabled(DeviceType.CPU);

    /// <summary>Until it is disposed on the same thread, this thread computes so.</summary>
    public static IDisposable Begin() => autocast(DeviceType.CPU);
#endif

    /// <summary>A tensor as the kernels take it: float32 where mixed precision has made it half, otherwise itself.</summary>
    public static Tensor Single(Tensor x) =>
        IsOn && x.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? x.to(ScalarType.Float32) : x;
}
