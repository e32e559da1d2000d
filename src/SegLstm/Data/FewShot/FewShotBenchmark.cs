using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.FewShot;

/// <summary>A benchmark of classes that are never shown in training: its folds, its episodes, its files.</summary>
/// <remarks>Layouts and protocols as in the code of HSNet (juhongm999/hsnet), which LSeg's zero-shot evaluation uses.</remarks>
public abstract class FewShotBenchmark
{
    /// <summary>Classes of the whole benchmark.</summary>
    public abstract int Classes { get; }

    /// <summary>The words of all classes.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The classes that a fold tests; the others train.</summary>
    /// <param name="fold">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fold.</exception>
    public abstract IReadOnlyList<int> TestClasses(int fold);

    /// <summary>The episodes of a fold's test, in the protocol's order and number.</summary>
    /// <param name="fold">From 0.</param>
    /// <exception cref="FileNotFoundException">A list is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A list is damaged.</exception>
    public abstract IReadOnlyList<FewShotEpisode> Test(int fold);

    /// <summary>All images of a fold's training classes, each with one class.</summary>
    /// <param name="fold">From 0.</param>
    /// <exception cref="FileNotFoundException">A list is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A list is damaged.</exception>
    public abstract IReadOnlyList<FewShotEpisode> Training(int fold);

    /// <summary>Reads an episode: the image bilinearly, with antialiasing, the masks by nearest neighbours.</summary>
    /// <param name="episode">One of the above.</param>
    /// <param name="size">Side s in pixels; LSeg's is 480.</param>
    /// <exception cref="RasterException">A file is missing or damaged.</exception>
    /// <exception cref="InvalidDataException">Image and mask differ in size.</exception>
    public FewShotSample Read(FewShotEpisode episode, int size = 480)
    {
        using var scope = NewDisposeScope();
        using Raster image = Raster.Open(episode.Image), mask = Raster.Open(episode.Mask);
        if ((image.Width, image.Height) != (mask.Width, mask.Height))
        {
            throw new InvalidDataException(
                $"{episode.Mask} has {mask.Width} x {mask.Height} pixels, its image {image.Width} x {image.Height}: they do not belong together.");
        }

        Tensor colors = image.Read(dtype: ScalarType.Float32) / 255;
        // Grey pictures, of which COCO has some, are grey in all three colours.
        colors = (colors.shape[0] >= 3 ? colors.narrow(0, 0, 3) : colors.narrow(0, 0, 1).expand(3, -1, -1)).unsqueeze(0);
        Tensor resized = nn.functional.interpolate(colors, [size, size], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true).squeeze(0);
        Tensor labels = mask.Read()[0].to_type(ScalarType.Int64);
        return new FewShotSample(
            resized.clamp(0, 1).MoveToOuterDisposeScope(), Nearest(IsClass(labels, episode.ClassId), size).MoveToOuterDisposeScope(),
            IsIgnored(labels) is { } ignored ? Nearest(ignored, size).MoveToOuterDisposeScope() : null);
    }

    /// <summary>Where the label image has a class, bool.</summary>
    protected abstract Tensor IsClass(Tensor labels, int classId);

    /// <summary>Where nothing is counted, bool; null: everything is.</summary>
    protected virtual Tensor? IsIgnored(Tensor labels) => null;

    /// <summary>The lines of a list.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    protected static string[] Lines(string path) => File.Exists(path)
        ? [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)]
        : throw new FileNotFoundException(
            $"There is no {path}. The benchmark's lists are in the repository of HSNet (juhongm999/hsnet), folder data/splits: put them there.", path);

    /// <summary>Checks a fold's number.</summary>
    protected static void CheckFold(int fold, int folds)
    {
        if (fold < 0 || fold >= folds)
        {
            throw new ArgumentOutOfRangeException(nameof(fold), fold, $"There are folds 0 to {folds - 1}, got {fold}.");
        }
    }

    private static Tensor Nearest(Tensor mask, int size) => nn.functional.interpolate(
        mask.to_type(ScalarType.Float32).view(1, 1, mask.shape[0], mask.shape[1]), [size, size], mode: InterpolationMode.Nearest)
        .view(size, size).to_type(ScalarType.Int64);
}
