using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator randn_op = new("aten::randn", "generator");

    /// <summary>Standard normal random numbers.</summary>
    /// <param name="size">The sizes of all dimensions.</param>
    /// <param name="dtype">The element type; the default type if null.</param>
    /// <param name="device">The device; the default device if null.</param>
    /// <param name="requires_grad">Whether gradients are recorded for it.</param>
    /// <param name="generator">The source of random numbers; the default one if null.</param>
    /// <param name="names">Names of dimensions: not supported here, must be null.</param>
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Made(
        randn_op.Invoke(size, generator, dtype ?? get_default_dtype(), Argument.None, device ?? get_default_device()), requires_grad, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn(size.ToArray(), dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[size], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[rows, columns], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor randn(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);
}
