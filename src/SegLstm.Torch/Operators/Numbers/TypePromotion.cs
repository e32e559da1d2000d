using SegLstm.Torch;

namespace TorchSharp;

// Which element type an operation gives, and what a type can hold.
public static partial class torch
{
    private static readonly Operator
        can_cast_op = new("aten::can_cast"),
        promote_types_op = new("aten::promote_types"),
        result_type_tensor_op = new("aten::result_type", "Tensor");

    /// <summary>The smallest type that holds both.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)promote_types_op.InvokeLong(type1, type2);

    /// <summary>The element type of an operation on both.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)result_type_tensor_op.InvokeLong(tensor1, tensor2);

    /// <summary>Whether PyTorch's casting rules allow the conversion.</summary>
    public static bool can_cast(ScalarType from, ScalarType to) => can_cast_op.InvokeBool(from, to);

    /// <summary>The largest value of an integer type.</summary>
    /// <exception cref="ArgumentException">The type is not an integer type.</exception>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"expected an integer type, got {type}", nameof(type)),
    };

    /// <summary>The number of elements.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>Whether the object is a tensor.</summary>
    public static bool is_tensor(object obj) => obj is Tensor;
}
