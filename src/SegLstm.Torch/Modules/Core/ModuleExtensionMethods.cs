using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moves and converts modules in place, and returns them under their own type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts the floating-point parameters and buffers.</summary>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false) where T : nn.Module => (T)module._to(type, non_blocking);

    /// <summary>Moves the parameters and buffers to a device and converts those of floating point.</summary>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false) where T : nn.Module
        => (T)module._to(device, type, non_blocking);

    /// <summary>Moves the parameters and buffers to a device.</summary>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module
        => (T)module._to(deviceType, deviceIndex, non_blocking);

    /// <summary>Moves the parameters and buffers to a device.</summary>
    public static T to<T>(this T module, Device device, bool non_blocking = false) where T : nn.Module
        => (T)module._to(device.type, device.index, non_blocking);

    /// <summary>Moves the parameters and buffers to a device: "cpu", "cuda", "cuda:1".</summary>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : nn.Module
        => module.to(new Device(device), non_blocking);

    /// <summary>Moves and converts to the device and the type of another tensor.</summary>
    public static T to<T>(this T module, Tensor other, bool non_blocking = false) where T : nn.Module => (T)module._to(other, non_blocking);

    /// <summary>Moves the parameters and buffers to host memory.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    /// <summary>Moves the parameters and buffers to a CUDA device, the current one where the index is -1.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module
        => module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    /// <summary>Converts to half precision.</summary>
    public static T half<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float16, non_blocking);

    /// <summary>Converts to bfloat16.</summary>
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.BFloat16, non_blocking);

    /// <summary>Converts to single precision.</summary>
    public static T @float<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float32, non_blocking);

    /// <summary>Converts to double precision.</summary>
    public static T @double<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float64, non_blocking);
}
