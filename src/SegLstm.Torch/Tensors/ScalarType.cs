namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned, 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed, 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed, 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed, 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed, 64 bits.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Two single-precision numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Two double-precision numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>True or false, 8 bits.</summary>
        Bool = 11,

        /// <summary>Single precision cut to 16 bits.</summary>
        BFloat16 = 15,
    }

    /// <summary>PyTorch's name of <see cref="ScalarType.Byte"/>.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>PyTorch's name of <see cref="ScalarType.Int8"/>.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>PyTorch's name of <see cref="ScalarType.Int16"/>.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>PyTorch's name of <see cref="ScalarType.Int32"/>.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>PyTorch's name of <see cref="ScalarType.Int64"/>.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>PyTorch's name of <see cref="ScalarType.Float16"/>.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>PyTorch's name of <see cref="ScalarType.Float32"/>.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>PyTorch's name of <see cref="ScalarType.Float64"/>.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>PyTorch's name of <see cref="ScalarType.BFloat16"/>.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>PyTorch's name of <see cref="ScalarType.Bool"/>.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <summary>PyTorch's other name of <see cref="ScalarType.Int64"/>.</summary>
    public static readonly ScalarType @long = ScalarType.Int64;

    /// <summary>PyTorch's other name of <see cref="ScalarType.Float32"/>.</summary>
    public static readonly ScalarType @float = ScalarType.Float32;

    /// <summary>PyTorch's other name of <see cref="ScalarType.Float64"/>.</summary>
    public static readonly ScalarType @double = ScalarType.Float64;

    private static ScalarType _defaultType = ScalarType.Float32;
    private static Device _defaultDevice = CPU;

    [ThreadStatic]
    private static Device? s_deviceOfThread;

    /// <summary>The floating-point type of tensors created without one.</summary>
    public static ScalarType get_default_dtype() => _defaultType;

    /// <summary>Sets the floating-point type of tensors created without one.</summary>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException($"the default type must be a floating-point type, got {dtype}");
        _defaultType = dtype;
    }

    /// <summary>The device of tensors created without one.</summary>
    public static Device get_default_device() => s_deviceOfThread ?? _defaultDevice;

    /// <summary>Sets the device of tensors created without one, in the whole process.</summary>
    public static void set_default_device(Device device) => _defaultDevice = device;

    /// <summary>Runs a function that creates tensors without a device on this one: PyTorch's <c>with torch.device(...)</c>. Other threads
    /// go on as they were, those that the function starts too.</summary>
    /// <param name="device">The device.</param>
    /// <param name="make">Creates tensors.</param>
    public static T with_device<T>(Device device, Func<T> make)
    {
        Device? before = s_deviceOfThread;
        s_deviceOfThread = device;
        try
        {
            return make();
        }
        finally
        {
            s_deviceOfThread = before;
        }
    }

    /// <summary>Whether a type is an integer or bool.</summary>
    public static bool is_integral(ScalarType type) => type is <= ScalarType.Int64 or ScalarType.Bool;

    /// <summary>Whether a type is a real floating-point type.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether a type is complex.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
}
