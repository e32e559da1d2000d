using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>How GLCNet's code maps an image larger than what its network sees: windows at a stride, whose logits are added where
/// they overlap.</summary>
/// <remarks>
/// <para>Unlike <see cref="Predictor"/> it adds logits, not probabilities, with equal weights, and continues the image by zeros.
/// Where windows do not end at the edge in <b>either</b> direction, <b>both</b> are padded at the end by
/// <c>stride - (size - window) mod stride</c>: a direction in which they do gets a whole stride more, and the pixels of its end
/// a vote that saw zeros. Kept for comparison with published numbers.</para>
/// <para>An image so small that no window fits even then, which the authors' code cannot map, is padded by as many strides more
/// as a window needs. Source: GeoX-Lab/G-RSIM, <c>utils/data_for_seg.py</c>, <c>dl_tools/basictools/dldata.py</c>.</para>
/// <code>
/// var windows = new VotingWindows(height: 1000, width: 1000, windowHeight: 256, windowWidth: 256, stride: 128);
/// Tensor classes = windows.Predict(model, image);              // (1000, 1000)
/// </code>
/// </remarks>
public sealed class VotingWindows
{
    private readonly (int Height, int Width) image;
    private readonly (int Height, int Width) window;
    private readonly int stride;

    /// <summary>Lays windows over an image.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    /// <param name="windowHeight">Rows of a window; 256 in GLCNet.</param>
    /// <param name="windowWidth">Columns of a window; 256 in GLCNet.</param>
    /// <param name="stride">Pixels from window to window; 128 in GLCNet.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or windows would leave pixels out.</exception>
    public VotingWindows(int height, int width, int windowHeight = 256, int windowWidth = 256, int stride = 128)
    {
        foreach (var number in new[] { height, width, windowHeight, windowWidth, stride })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(height));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(stride, Math.Min(windowHeight, windowWidth));
        (image, window, this.stride) = ((height, width), (windowHeight, windowWidth), stride);
        var fits = Rest(height, windowHeight) == 0 && Rest(width, windowWidth) == 0;
        PaddedHeight = fits ? height : Pad(height, windowHeight);
        PaddedWidth = fits ? width : Pad(width, windowWidth);
        (Rows, Columns) = (((PaddedHeight - windowHeight) / stride) + 1, ((PaddedWidth - windowWidth) / stride) + 1);
    }

    /// <summary>Image rows with the zeros at the end.</summary>
    public int PaddedHeight { get; }

    /// <summary>Image columns with the zeros at the end.</summary>
    public int PaddedWidth { get; }

    /// <summary>Windows from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>Windows from left to right.</summary>
    public int Columns { get; }

    /// <summary>Cuts an image <c>(C, H, W)</c> into windows <c>(Rows·Columns, C, h, w)</c>, row by row.</summary>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public Tensor Cut(Tensor image)
    {
        RequireSize(image);
        using var scope = NewDisposeScope();
        var padded = Padded(image);
        return stack([.. Places().Select(place => At(padded, place))]).MoveToOuterDisposeScope();
    }

    /// <summary>Adds scores of windows <c>(Rows·Columns, C, h, w)</c> to those of the image with its zeros
    /// <c>(C, PaddedHeight, PaddedWidth)</c>.</summary>
    /// <exception cref="ArgumentException">There are other than <see cref="Rows"/> times <see cref="Columns"/> windows, or they
    /// have another size.</exception>
    public Tensor Combine(Tensor scores)
    {
        var expected = new long[] { Rows * Columns, scores.shape[1], window.Height, window.Width };
        if (scores.dim() != 4 || !scores.shape.SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"Expected scores ({string.Join(", ", expected)}) of {Rows} rows of {Columns} windows, got "
                + $"({string.Join(", ", scores.shape)}).", nameof(scores));
        }

        var sum = zeros([scores.shape[1], PaddedHeight, PaddedWidth], scores.dtype, scores.device);
        using var scope = NewDisposeScope();
        foreach (var (index, place) in Places().Index())
        {
            At(sum, place).add_(scores[index]);
        }

        return sum;
    }

    /// <summary>The class of each pixel, int64 <c>(H, W)</c>, of the sums that <see cref="Combine"/> gives.</summary>
    public Tensor Classes(Tensor sums)
    {
        using var scope = NewDisposeScope();
        return sums.narrow(1, 0, image.Height).narrow(2, 0, image.Width).argmax(0).MoveToOuterDisposeScope();
    }

    /// <summary>Maps an image, a window at a time.</summary>
    /// <param name="model">Windows <c>(1, C, h, w)</c> to logits <c>(1, classes, h, w)</c>; put into evaluation mode.</param>
    /// <param name="normalised">The image <c>(C, H, W)</c>.</param>
    /// <returns>The class of each pixel, int64 <c>(H, W)</c>.</returns>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public Tensor Predict(nn.Module<Tensor, Tensor> model, Tensor normalised)
    {
        RequireSize(normalised);
        model.eval();
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var padded = Padded(normalised);
        Tensor? sum = null;
        foreach (var place in Places())
        {
            using var inner = NewDisposeScope();
            var logits = model.call(At(padded, place).unsqueeze(0));
            sum ??= zeros([logits.shape[1], PaddedHeight, PaddedWidth], logits.dtype, logits.device).MoveToOuterDisposeScope();
            At(sum, place).add_(logits[0]);
        }

        return Classes(sum!).MoveToOuterDisposeScope();
    }

    private IEnumerable<(int Top, int Left)> Places() =>
        from row in Enumerable.Range(0, Rows) from column in Enumerable.Range(0, Columns) select (row * stride, column * stride);

    private Tensor At(Tensor map, (int Top, int Left) place) =>
        map.narrow(1, place.Top, window.Height).narrow(2, place.Left, window.Width);

    private Tensor Padded(Tensor map) =>
        nn.functional.pad(map, [0, PaddedWidth - image.Width, 0, PaddedHeight - image.Height], PaddingModes.Constant, 0);

    private int Rest(int size, int of) => (((size - of) % stride) + stride) % stride;

    private int Pad(int size, int of)
    {
        var padded = size + stride - Rest(size, of);
        return Math.Max(padded, of);
    }

    private void RequireSize(Tensor map)
    {
        if (map.dim() != 3 || map.shape[1] != image.Height || map.shape[2] != image.Width)
        {
            throw new ArgumentException(
                $"Expected an image (C, {image.Height}, {image.Width}), for which the windows were laid, got "
                + $"({string.Join(", ", map.shape)}).", nameof(map));
        }
    }
}
