namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Until it is disposed, this thread computes convolutions and products of matrices in half precision, and what is delicate
    /// in float32: each operator casts its inputs as libtorch's lists say. Tensors and gradients of parameters keep their type.
    /// </summary>
    /// <param name="device_type">The CPU.</param>
    /// <param name="dtype">bfloat16, which is what null takes.</param>
    /// <param name="enabled">False leaves types alone inside an outer autocast.</param>
    /// <exception cref="NotSupportedException">The device is not the CPU.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The CPU has no autocast to this type.</exception>
    /// <remarks>Leave it before the backward pass, which takes the types of the forward pass by itself.</remarks>
    public static IDisposable autocast(DeviceType device_type, ScalarType? dtype = null, bool enabled = true)
    {
        RequireCpu(device_type);
        return new AutocastMode(enabled, dtype ?? ScalarType.BFloat16);
    }

    /// <summary>Whether this thread is within an <see cref="autocast"/> that is enabled.</summary>
    /// <param name="device_type">The CPU.</param>
    /// <exception cref="NotSupportedException">The device is not the CPU.</exception>
    public static bool is_autocast_enabled(DeviceType device_type)
    {
        RequireCpu(device_type);
        return AutocastMode.IsEnabled;
    }

    private static void RequireCpu(DeviceType device)
    {
        if (device != DeviceType.CPU) throw new NotSupportedException($"autocast is there for the CPU only, got {device}.");
    }
}
