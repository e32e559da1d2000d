using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>Tensors as the kernels over tokens take them.</summary>
internal static class TokenTensors
{
    /// <summary>Whether these kernels take tensors: all in host memory, all float32 or all float64, and no reference is asked
    /// for.</summary>
    public static bool Fit(params ReadOnlySpan<Tensor?> tensors)
    {
        var type = tensors[0]!.dtype;
        if (ModelKernels.Choice == KernelChoice.Reference || type is not (ScalarType.Float32 or ScalarType.Float64))
        {
            return false;
        }

        foreach (var x in tensors)
        {
            if (x is not null && (x.device_type != DeviceType.CPU || x.dtype != type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether kernels that convert types take tensors: all in host memory, and no reference is asked for.</summary>
    public static bool AreOnHost(params ReadOnlySpan<Tensor?> tensors)
    {
        var are = ModelKernels.Choice == KernelChoice.Fastest;
        foreach (var x in tensors)
        {
            are &= x is null || x.device_type == DeviceType.CPU;
        }

        return are;
    }

    /// <summary>The type that kernels which convert types compute in: float64 where one tensor is, else float32.</summary>
    public static ScalarType Precision(params ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var x in tensors)
        {
            if (x?.dtype == ScalarType.Float64)
            {
                return ScalarType.Float64;
            }
        }

        return ScalarType.Float32;
    }

    /// <summary>Whether a gradient may be asked for.</summary>
    public static bool WantGradient(params ReadOnlySpan<Tensor?> tensors)
    {
        if (is_grad_enabled())
        {
            foreach (var x in tensors)
            {
                if (x is { requires_grad: true })
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The tensor itself where the elements of its last dimension are side by side, else a copy where they
    /// are.</summary>
    public static Tensor Ready(Tensor x) => x.stride()[^1] == 1 ? x : x.contiguous();

    /// <summary>A shape, as messages write it.</summary>
    public static string Text(Tensor x) => $"({string.Join(", ", x.shape)})";
}
