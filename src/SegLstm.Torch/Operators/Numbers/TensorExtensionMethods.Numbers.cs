using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What TorchSharp adds to tensors as extension methods.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>The only element in half precision.</summary>
    public static Half ToHalf(this Tensor value) => (Half)value.ToDouble();

    /// <summary>The only element in single precision.</summary>
    public static float ToSingle(this Tensor value) => (float)value.ToDouble();

    /// <summary>The only element in double precision.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element, without its fraction.</summary>
    public static sbyte ToSByte(this Tensor value) => checked((sbyte)value.ToInt64());

    /// <summary>The only element, without its fraction.</summary>
    public static byte ToByte(this Tensor value) => checked((byte)value.ToInt64());

    /// <summary>The only element, without its fraction.</summary>
    public static short ToInt16(this Tensor value) => checked((short)value.ToInt64());

    /// <summary>The only element, without its fraction.</summary>
    public static int ToInt32(this Tensor value) => checked((int)value.ToInt64());

    /// <summary>The only element, without its fraction.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    /// <summary>Whether the only element is not zero.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>The only element as a complex number of single precision.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value) => ((float)value.ToComplexFloat64().Real, (float)value.ToComplexFloat64().Imaginary);

    /// <summary>The only element as a complex number.</summary>
    public static Complex ToComplexFloat64(this Tensor value) => value.ToScalar() is { IsComplex: true } number ? number.Complex : value.ToDouble();

    /// <summary>The product of the sizes.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The bytes of an element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "expected an element type of a tensor"),
    };
}
