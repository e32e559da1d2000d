using System.Numerics;
using SegLstm.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Torch;

/// <summary>An argument of an <see cref="Operator"/>; it converts from all that operators take.</summary>
/// <remarks>The door fits it to the operator's schema: an integer where the schema wants a float or a Scalar is converted.</remarks>
public readonly struct Argument
{
    internal readonly DoorTag Tag;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Argument(DoorTag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    private Argument(DoorTag tag, object? reference) : this(reference is null ? DoorTag.None : tag, 0, reference)
    {
    }

    /// <summary>The default that the operator's schema gives.</summary>
    public static Argument Default => default;

    /// <summary>Nothing (Python's None).</summary>
    public static Argument None => new(DoorTag.None, 0);

    /// <summary>A tensor, or none.</summary>
    public static implicit operator Argument(Tensor? value) => new(DoorTag.Tensor, value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(long value) => new(DoorTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(int value) => new(DoorTag.Int, value);

    /// <summary>An integer, or none.</summary>
    public static implicit operator Argument(long? value) => value is { } some ? new(DoorTag.Int, some) : None;

    /// <summary>An integer, or none.</summary>
    public static implicit operator Argument(int? value) => value is { } some ? new(DoorTag.Int, some) : None;

    /// <summary>A floating-point number.</summary>
    public static implicit operator Argument(double value) => new(DoorTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A floating-point number, or none.</summary>
    public static implicit operator Argument(double? value) => value is { } some ? some : None;

    /// <summary>A truth value.</summary>
    public static implicit operator Argument(bool value) => new(DoorTag.Bool, value ? 1 : 0);

    /// <summary>A truth value, or none.</summary>
    public static implicit operator Argument(bool? value) => value is { } some ? some : None;

    /// <summary>A string, or none.</summary>
    public static implicit operator Argument(string? value) => new(DoorTag.String, value);

    /// <summary>An element type.</summary>
    public static implicit operator Argument(ScalarType value) => new(DoorTag.Int, (long)value);

    /// <summary>An element type, or none.</summary>
    public static implicit operator Argument(ScalarType? value) => value is { } some ? some : None;

    /// <summary>A device, or none.</summary>
    public static implicit operator Argument(Device? value) =>
        value is null ? None : new(DoorTag.Device, ((long)value.type << 32) | (uint)value.index);

    /// <summary>A generator of random numbers, or none for the default one.</summary>
    public static implicit operator Argument(Generator? value) => new(DoorTag.Generator, value);

    /// <summary>A number of any type, or none.</summary>
    public static implicit operator Argument(Scalar? value) => value is null ? None : value.ToArgument();

    /// <summary>A complex number.</summary>
    public static implicit operator Argument(Complex value) => new(DoorTag.Complex, (object)value);

    /// <summary>Integers (a shape, dimensions, strides), or none.</summary>
    public static implicit operator Argument(long[]? values) => new(DoorTag.IntList, values);

    /// <summary>Floating-point numbers, or none.</summary>
    public static implicit operator Argument(double[]? values) => new(DoorTag.DoubleList, values);

    /// <summary>Truth values, or none.</summary>
    public static implicit operator Argument(bool[]? values) => new(DoorTag.BoolList, values);

    /// <summary>Tensors; an entry may be null where the operator takes optional tensors.</summary>
    public static implicit operator Argument(Tensor?[]? values) => new(DoorTag.TensorList, values);
}
