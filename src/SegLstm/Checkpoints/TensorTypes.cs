using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>The table that ties PyTorch's storage classes and dtype names to libtorch's types.</summary>
internal static class TensorTypes
{
    private static readonly (ScalarType Type, string Name, string Storage, int Size)[] Table =
    [
        (ScalarType.Byte, "uint8", "ByteStorage", 1),
        (ScalarType.Int8, "int8", "CharStorage", 1),
        (ScalarType.Int16, "int16", "ShortStorage", 2),
        (ScalarType.Int32, "int32", "IntStorage", 4),
        (ScalarType.Int64, "int64", "LongStorage", 8),
        (ScalarType.Float16, "float16", "HalfStorage", 2),
        (ScalarType.BFloat16, "bfloat16", "BFloat16Storage", 2),
        (ScalarType.Float32, "float32", "FloatStorage", 4),
        (ScalarType.Float64, "float64", "DoubleStorage", 8),
        (ScalarType.ComplexFloat32, "complex64", "ComplexFloatStorage", 8),
        (ScalarType.ComplexFloat64, "complex128", "ComplexDoubleStorage", 16),
        (ScalarType.Bool, "bool", "BoolStorage", 1),
    ];

    /// <summary>PyTorch's names of all types.</summary>
    public static IEnumerable<string> Names => Table.Select(row => row.Name);

    /// <summary>The storage classes, with the types of their elements.</summary>
    public static IEnumerable<(string Storage, ScalarType Type)> Storages => Table.Select(row => (row.Storage, row.Type));

    /// <summary>PyTorch's name of a type, such as <c>bfloat16</c>.</summary>
    public static string NameOf(ScalarType type) => Row(type).Name;

    /// <summary>The storage class of a type, such as <c>FloatStorage</c>.</summary>
    public static string StorageOf(ScalarType type) => Row(type).Storage;

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(ScalarType type) => Row(type).Size;

    private static (ScalarType Type, string Name, string Storage, int Size) Row(ScalarType type) =>
        Table.First(row => row.Type == type);
}
