using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator
        randint_op = new("aten::randint", "low_generator"),
        randperm_op = new("aten::randperm", "generator");

    /// <summary>Uniform random integers of [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Made(
        randint_op.Invoke(low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? get_default_device()), requires_grad, names);

    /// <summary>Uniform random integers of [0, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0L, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform random integers of [0, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0L, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform random integers of [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform random integers of [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint((long)low, (long)high, Array.ConvertAll(size, one => (long)one), dtype, device, requires_grad, generator, names);

    /// <summary>Uniform random integers of [0, <paramref name="high"/>).</summary>
    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0L, (long)high, Array.ConvertAll(size, one => (long)one), dtype, device, requires_grad, generator, names);

    /// <summary>The integers from 0 to <paramref name="n"/> - 1 in random order.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) => Made(
        randperm_op.Invoke(n, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? get_default_device()), requires_grad, null);
}
