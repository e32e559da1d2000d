using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Images;

/// <summary>A class for each pixel of a scene, as labels or a prediction give it; 255 where there is none.</summary>
public sealed class LabelMap
{
    /// <summary>The value of a pixel without a class.</summary>
    public const byte Ignore = 255;

    private readonly byte[] _classes;

    /// <summary>Takes a map over.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="classes">Class numbers, row after row, (height x width); <see cref="Ignore"/> for none.</param>
    /// <exception cref="ArgumentException">Another number of pixels.</exception>
    public LabelMap(int width, int height, byte[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (classes.Length != (long)width * height)
            throw new ArgumentException($"{classes.Length:N0} classes for {width}x{height} pixels: expected {(long)width * height:N0}.", nameof(classes));
        (Width, Height, _classes) = (width, height, classes);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Class numbers, row after row.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>The class of a pixel, or <see cref="Ignore"/>.</summary>
    public byte this[int column, int row] => _classes[row * Width + column];

    /// <summary>Copies a map out of a tensor.</summary>
    /// <param name="classes">(H, W), any integer type, values 0 to 255.</param>
    /// <exception cref="ArgumentException">Another shape or type, or a value that is no class.</exception>
    public static LabelMap FromTensor(Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.shape.Length != 2 || classes.is_floating_point() || classes.is_complex())
        {
            throw new ArgumentException(
                $"A label map is (H, W) of an integer type; this is {classes.dtype} ({string.Join(", ", classes.shape)}). Of logits take the argmax over the classes.",
                nameof(classes));
        }

        using var scope = NewDisposeScope();
        long[] values = classes.detach().cpu().to_type(ScalarType.Int64).contiguous().data<long>().ToArray();
        int wrong = Array.FindIndex(values, v => v is < 0 or > 255);
        if (wrong >= 0)
            throw new ArgumentException($"The class {values[wrong]} at pixel {wrong} is outside 0 to 255: use 255 for pixels without a class.", nameof(classes));
        return new LabelMap((int)classes.shape[1], (int)classes.shape[0], Array.ConvertAll(values, v => (byte)v));
    }
}
