using System.Numerics;
using SegLstm.Torch;

namespace TorchSharp;

/// <summary>A single number of any element type, as operators take it beside tensors.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double _real;
    private readonly double _imaginary;
    private readonly long _integer;

    private Scalar(torch.ScalarType type, long integer)
    {
        Type = type;
        _integer = integer;
        _real = integer;
    }

    private Scalar(torch.ScalarType type, double real, double imaginary = 0)
    {
        Type = type;
        _real = real;
        _imaginary = imaginary;
    }

    /// <summary>The type of the number, as libtorch's Scalar keeps it: Int64, Float64, Bool or ComplexFloat64.</summary>
    public torch.ScalarType Type { get; }

    internal bool IsInteger => Type is torch.ScalarType.Int64;

    internal bool IsBool => Type is torch.ScalarType.Bool;

    internal bool IsComplex => Type is torch.ScalarType.ComplexFloat64;

    internal double Real => _real;

    internal long Integer => IsInteger || IsBool ? _integer : checked((long)_real);

    internal Complex Complex => new(_real, _imaginary);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Int64, (long)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int64, (long)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int64, (long)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int64, (long)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(Half value) => new(torch.ScalarType.Float64, (double)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float64, (double)value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, value);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1L : 0L);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar((float, float) value) => new(torch.ScalarType.ComplexFloat64, value.Item1, value.Item2);

    /// <summary>Converts.</summary>
    public static implicit operator Scalar(Complex value) => new(torch.ScalarType.ComplexFloat64, value.Real, value.Imaginary);

    /// <summary>Nothing to free; here because TorchSharp's Scalar is disposable.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Type switch
    {
        torch.ScalarType.Bool => _integer != 0 ? "True" : "False",
        torch.ScalarType.Int64 => _integer.ToString(),
        torch.ScalarType.ComplexFloat64 => Complex.ToString(),
        _ => _real.ToString("R"),
    };

    internal Argument ToArgument() => Type switch
    {
        torch.ScalarType.Bool => _integer != 0,
        torch.ScalarType.Int64 => _integer,
        torch.ScalarType.ComplexFloat64 => Complex,
        _ => _real,
    };
}
