using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>A tensor with a copy of the elements, in row-major order.</summary>
    /// <param name="rawArray">The elements.</param>
    /// <param name="dimensions">The shape.</param>
    /// <param name="doCopy">Without effect: the elements are always copied.</param>
    /// <param name="requires_grad">Whether gradients are recorded for it.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements, or no tensor has such elements.</exception>
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        from_array(rawArray).reshape(dimensions).requires_grad_(requires_grad);

    /// <summary>A tensor that holds the number.</summary>
    /// <exception cref="ArgumentException">No tensor has elements of this type.</exception>
    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        from_array(new[] { scalar }, device).reshape([]).requires_grad_(requires_grad);

    /// <summary>The sizes as 32-bit integers.</summary>
    /// <exception cref="OverflowException">A size does not fit.</exception>
    public static ReadOnlySpan<int> IntShape(this Tensor tensor) => Array.ConvertAll(tensor.shape, size => checked((int)size));

    /// <summary>The tensor as a parameter of a module.</summary>
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);
}
