using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language;

/// <summary>LSeg's evaluation: the image at several sizes, each in windows that overlap by a third, each window also mirrored; the
/// scores of windows are averaged, those of sizes and mirror images summed.</summary>
/// <remarks>Windows at the right and lower edge are cut and padded, not shifted back. The defaults are those for ADE20K. Source:
/// isl-org/lang-seg, <c>additional_utils/models.py</c>, <c>LSeg_MultiEvalModule</c>.</remarks>
/// <param name="network">Normalised windows <c>(1, C, s, s)</c> to scores <c>(1, K, s, s)</c>, in evaluation mode.</param>
public sealed class MultiScaleEvaluation(nn.Module<Tensor, Tensor> network)
{
    /// <summary>Length of the longer side at scale 1, in pixels.</summary>
    public int BaseSize { get; init; } = 520;

    /// <summary>Side s of a window in pixels.</summary>
    public int CropSize { get; init; } = 480;

    /// <summary>Sizes of the image, in units of <see cref="BaseSize"/>.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [0.5, 0.75, 1, 1.25, 1.5, 1.75];

    /// <summary>Whether windows are also mirrored.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>What stands beyond the image's edge: black, normalised by mean and deviation 0.5.</summary>
    public double PadValue { get; init; } = -1;

    /// <summary>Step between windows in pixels.</summary>
    public int Stride => (int)(CropSize * (2.0 / 3.0));

    /// <summary>Scores of an image.</summary>
    /// <param name="image">Normalised, <c>(1, C, H, W)</c>.</param>
    /// <param name="stop">Ends the work between two windows.</param>
    /// <returns><c>(1, K, H, W)</c>; their largest is the class.</returns>
    /// <exception cref="ArgumentException">It is not one image, or there are no scales.</exception>
    public Tensor Scores(Tensor image, CancellationToken stop = default)
    {
        if (image.dim() != 4 || image.shape[0] != 1 || Scales.Count == 0 || Scales.Any(scale => scale <= 0))
        {
            throw new ArgumentException(
                $"Expected one image (1, C, H, W) and positive scales, got ({string.Join(", ", image.shape)}) and "
                + $"[{string.Join(", ", Scales)}].", nameof(image));
        }

        using var scope = NewDisposeScope();
        var (height, width) = (image.shape[2], image.shape[3]);
        Tensor? sum = null;
        foreach (var scale in Scales)
        {
            var size = SizeAt(scale, height, width);
            var scores = ScoresAt(Resizing.BilinearAligned(image, size.Rows, size.Columns), stop);
            var resized = Resizing.BilinearAligned(scores, height, width);
            sum = sum is null ? resized : sum + resized;
        }

        return sum!.MoveToOuterDisposeScope();
    }

    private (long Rows, long Columns) SizeAt(double scale, long height, long width)
    {
        var longer = (long)Math.Ceiling(BaseSize * scale);
        long Other(long side, long of) => Math.Max(1, (long)((1.0 * side * longer / of) + 0.5));
        return height > width ? (longer, Other(width, height)) : (Other(height, width), longer);
    }

    private Tensor ScoresAt(Tensor image, CancellationToken stop)
    {
        var (height, width) = (image.shape[2], image.shape[3]);
        var padded = Pad(image);
        var (rows, columns) = (padded.shape[2], padded.shape[3]);
        Tensor? sum = null;
        var count = zeros(1, 1, rows, columns, dtype: image.dtype, device: image.device);
        for (var top = 0L; top == 0 || top < rows - CropSize + Stride; top += Stride)
        {
            for (var left = 0L; left == 0 || left < columns - CropSize + Stride; left += Stride)
            {
                stop.ThrowIfCancellationRequested();
                var (h, w) = (Math.Min(CropSize, rows - top), Math.Min(CropSize, columns - left));
                Tensor Window(Tensor of) => of.narrow(2, top, h).narrow(3, left, w);
                var scores = Infer(Pad(Window(padded))).narrow(2, 0, h).narrow(3, 0, w);
                sum ??= zeros(1, scores.shape[1], rows, columns, dtype: scores.dtype, device: scores.device);
                Window(sum).add_(scores);
                Window(count).add_(1);
            }
        }

        return (sum! / count).narrow(2, 0, height).narrow(3, 0, width);
    }

    private Tensor Infer(Tensor window)
    {
        var scores = network.call(window);
        return Flip ? scores + network.call(window.flip(3)).flip(3) : scores;
    }

    private Tensor Pad(Tensor image)
    {
        var (bottom, right) = (Math.Max(0, CropSize - image.shape[2]), Math.Max(0, CropSize - image.shape[3]));
        return bottom + right == 0 ? image
            : nn.functional.pad(image, [0, right, 0, bottom], PaddingModes.Constant, PadValue);
    }
}
