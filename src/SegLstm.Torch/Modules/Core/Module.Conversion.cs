using SegLstm.Torch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private static readonly Operator s_setData = new("aten::set_data", "");

            /// <summary>Moves the module to a device and converts its floating-point tensors.</summary>
            /// <exception cref="ArgumentException"><paramref name="dtype"/> is neither floating point nor complex.</exception>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Convert(dtype, device, non_blocking);

            /// <summary>Moves the module to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => Convert(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Converts the module's floating-point tensors.</summary>
            /// <exception cref="ArgumentException"><paramref name="dtype"/> is neither floating point nor complex.</exception>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Convert(dtype, null, non_blocking);

            /// <summary>Moves and converts the module to the device and the type of <paramref name="other"/>.</summary>
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            /// <summary>The device and type that a layer creates its parameters with: the arguments, or torch's defaults.</summary>
            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null)
                => (device ?? get_default_device(), dtype ?? get_default_dtype());

            private Module Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is { } type && !IsFloatingOrComplex(type))
                    throw new ArgumentException($"A module's parameters can only be floating point or complex; expected such a type, got {type}.", nameof(dtype));

                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                using var noGradient = no_grad();
                foreach (var parameter in _parametersByName.Values) ConvertInPlace(parameter, dtype, device, non_blocking);
                foreach (var (buffer, _) in _buffersByName.Values) ConvertInPlace(buffer, dtype, device, non_blocking);
                return this;
            }

            /// <summary>Gives the same Tensor object new storage, so that optimizers and fields keep a valid reference.</summary>
            private static void ConvertInPlace(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (tensor.IsInvalid) return;
                var type = dtype is { } wanted && IsFloatingOrComplex(tensor.dtype) ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                if (type == tensor.dtype && SameDevice(place, tensor.device)) return;

                using var gradient = tensor.grad;
                if (gradient is not null) tensor.grad = null;
                using (var converted = tensor.to(type, place, non_blocking: non_blocking)) s_setData.InvokeVoid(tensor, converted);
                if (gradient is null) return;
                using var convertedGradient = gradient.to(type, place, non_blocking: non_blocking);
                tensor.grad = convertedGradient;
            }

            // "cuda" without an index means the current card; a tensor always names its card.
            private static bool SameDevice(Device wanted, Device actual)
                => wanted.type == actual.type && (wanted.index < 0 || wanted.index == actual.index || wanted.type == DeviceType.CPU);

            private static bool IsFloatingOrComplex(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64
                or ScalarType.BFloat16 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
        }
    }
}
