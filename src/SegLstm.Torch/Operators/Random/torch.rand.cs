using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator rand_op = new("aten::rand", "generator");

    /// <summary>Uniform random numbers of [0, 1).</summary>
    /// <param name="size">The sizes of all dimensions.</param>
    /// <param name="dtype">The element type; the default type if null.</param>
    /// <param name="device">The device; the default device if null.</param>
    /// <param name="requires_grad">Whether gradients are recorded for it.</param>
    /// <param name="generator">The source of random numbers; the default one if null.</param>
    /// <param name="names">Names of dimensions: not supported here, must be null.</param>
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Made(
        rand_op.Invoke(size, generator, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand(size.ToArray(), dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor rand(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);
}
