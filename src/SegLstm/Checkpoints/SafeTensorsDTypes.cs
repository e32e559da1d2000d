using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>The table that ties the format's dtype names to element sizes and to libtorch's types.</summary>
internal static class SafeTensorsDTypes
{
    private static readonly (SafeTensorsDType DType, string Name, int Size, ScalarType? Torch)[] Table =
    [
        (SafeTensorsDType.Bool, "BOOL", 1, ScalarType.Bool),
        (SafeTensorsDType.UInt8, "U8", 1, ScalarType.Byte),
        (SafeTensorsDType.Int8, "I8", 1, ScalarType.Int8),
        (SafeTensorsDType.Float8E5M2, "F8_E5M2", 1, null),
        (SafeTensorsDType.Float8E4M3, "F8_E4M3", 1, null),
        (SafeTensorsDType.Float8E8M0, "F8_E8M0", 1, null),
        (SafeTensorsDType.Int16, "I16", 2, ScalarType.Int16),
        (SafeTensorsDType.UInt16, "U16", 2, null),
        (SafeTensorsDType.Float16, "F16", 2, ScalarType.Float16),
        (SafeTensorsDType.BFloat16, "BF16", 2, ScalarType.BFloat16),
        (SafeTensorsDType.Int32, "I32", 4, ScalarType.Int32),
        (SafeTensorsDType.UInt32, "U32", 4, null),
        (SafeTensorsDType.Float32, "F32", 4, ScalarType.Float32),
        (SafeTensorsDType.Float64, "F64", 8, ScalarType.Float64),
        (SafeTensorsDType.Int64, "I64", 8, ScalarType.Int64),
        (SafeTensorsDType.UInt64, "U64", 8, null),
    ];

    private static readonly Dictionary<string, SafeTensorsDType> ByName = Table.ToDictionary(row => row.Name, row => row.DType);

    private static readonly Dictionary<ScalarType, SafeTensorsDType> ByTorch =
        Table.Where(row => row.Torch is not null).ToDictionary(row => row.Torch!.Value, row => row.DType);

    public static IEnumerable<string> Names => Table.Select(row => row.Name);

    public static bool TryParse(string name, out SafeTensorsDType dtype) => ByName.TryGetValue(name, out dtype);

    public static bool TryFrom(ScalarType type, out SafeTensorsDType dtype) => ByTorch.TryGetValue(type, out dtype);

    extension(SafeTensorsDType dtype)
    {
        /// <summary>The name in the file, such as <c>BF16</c>.</summary>
        public string Name => Table[(int)dtype].Name;

        /// <summary>PyTorch's name, such as <c>bfloat16</c>; the file's where libtorch has no such type.</summary>
        public string PyTorchName => Table[(int)dtype].Torch is { } type ? TensorTypes.NameOf(type) : Table[(int)dtype].Name;

        /// <summary>Bytes an element.</summary>
        public int Size => Table[(int)dtype].Size;

        public bool TryGetScalarType([NotNullWhen(true)] out ScalarType? type)
        {
            type = Table[(int)dtype].Torch;
            return type is not null;
        }
    }
}
