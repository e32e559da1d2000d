using System.Globalization;
using SegLstm.Data;
using SegLstm.Workbook.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook;

/// <summary>Makes pictures of scenes, class maps and tensors, to show in a notebook.</summary>
public static class Pictures
{
    /// <summary>How much of a class colour lies over the scene where nothing else is asked for: half.</summary>
    public const double DefaultOpacity = 0.5;

    /// <summary>Shows a tensor as a picture, each band stretched linearly between two percentiles of its samples.</summary>
    /// <param name="image">(H, W) or (1, H, W) as grey, (bands, H, W) in colours; any real type, any range.</param>
    /// <param name="title">What stands below it.</param>
    /// <param name="bands">The bands, from 0, that show as red, green and blue; null for the first three, or the first alone of
    /// two.</param>
    /// <param name="low">Percent of the samples that may be black.</param>
    /// <param name="high">The percentile that is fully bright.</param>
    /// <exception cref="ArgumentException">Another shape, a band that is not there, or percentiles that are no range.</exception>
    public static Picture Of(Tensor image, string title = "image", IReadOnlyList<int>? bands = null, double low = 2,
        double high = 98)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var scope = NewDisposeScope();
        Tensor cube = image.shape.Length == 2 ? image.unsqueeze(0) : image;
        if (cube.shape.Length != 3 || cube.numel() == 0 || cube.is_complex())
        {
            throw new ArgumentException(
                $"A picture is a real tensor (H, W) or (bands, H, W); this is {image.dtype} ({string.Join(", ", image.shape)}). "
                + "Of a batch (N, bands, H, W) choose one image with [0].", nameof(image));
        }

        bands ??= cube.shape[0] >= 3 ? [0, 1, 2] : [0, 0, 0];
        return new Picture(title, PercentStretch.ToRgb(cube, bands, low, high))
        {
            Alternative = string.Create(CultureInfo.InvariantCulture,
                $"{title}, {string.Join(", ", image.shape)} {image.dtype}, bands {string.Join(", ", bands.Distinct())}, stretched from {low} to {high} percent."),
        };
    }

    /// <summary>Shows a scene in its display bands.</summary>
    /// <param name="scene">The scene.</param>
    public static Picture Of(Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return new Picture(scene.Name, PercentStretch.ToRgb(scene.Image, scene.DisplayBands, known: scene.Known))
        {
            Alternative = $"The scene {scene.Name}; red, green and blue show {string.Join(", ", scene.DisplayBands.Select(b => scene.BandNames[b]))}.",
        };
    }

    /// <summary>Shows a class map in its colours.</summary>
    /// <param name="labels">(H, W), any integer type; 255 for no class.</param>
    /// <param name="legend">Class names and colours.</param>
    /// <param name="title">What stands below it.</param>
    /// <exception cref="ArgumentException">Another shape or type, or a class that the legend does not have.</exception>
    public static Picture Map(Tensor labels, ClassLegend legend, string title = "classes") =>
        Map(LabelMap.FromTensor(labels), legend, title);

    /// <summary>Shows a class map in its colours.</summary>
    /// <inheritdoc cref="Map(Tensor, ClassLegend, string)"/>
    public static Picture Map(LabelMap labels, ClassLegend legend, string title = "classes") =>
        Classes(MapColors.Paint(labels, legend), labels, legend, title);

    /// <summary>Lays a class map over a picture of the same size.</summary>
    /// <param name="below">The picture.</param>
    /// <param name="labels">(H, W), any integer type; 255 for no class, where the picture shows alone.</param>
    /// <param name="legend">Class names and colours.</param>
    /// <param name="title">What stands below it.</param>
    /// <param name="opacity">0 shows the picture alone, 1 the classes alone; 0.5 unless given.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a class that the legend does not have.</exception>
    public static Picture Overlay(Picture below, Tensor labels, ClassLegend legend, string title = "classes",
        double opacity = DefaultOpacity)
    {
        ArgumentNullException.ThrowIfNull(below);
        LabelMap map = LabelMap.FromTensor(labels);
        return Classes(MapColors.Overlay(below.Image, map, legend, opacity), map, legend, title);
    }

    /// <summary>A scene, its labels, a prediction and where it errs, in one row.</summary>
    /// <param name="scene">The scene, with labels.</param>
    /// <param name="prediction">(H, W), any integer type, classes of the scene's legend.</param>
    /// <param name="opacity">How much of the class colours lies over the scene: 0 to 1, 0.5 unless given.</param>
    /// <exception cref="ArgumentException">The scene has no labels, or the sizes differ.</exception>
    public static PictureRow Compare(Scene scene, Tensor prediction, double opacity = DefaultOpacity)
    {
        ArgumentNullException.ThrowIfNull(scene);
        Tensor label = scene.Label
            ?? throw new ArgumentException($"The scene '{scene.Name}' has no labels to compare with: show it with Pictures.Map.",
                nameof(scene));
        Picture image = Of(scene);
        return new PictureRow(
        [
            image with { Title = "image" },
            Overlay(image, label, scene.Legend, "truth", opacity),
            Overlay(image, prediction, scene.Legend, "prediction", opacity),
            Errors(prediction, label),
        ]);
    }

    /// <summary>Where a prediction is right and where it is wrong.</summary>
    /// <param name="prediction">(H, W), any integer type.</param>
    /// <param name="truth">(H, W), any integer type; 255 where there is nothing to compare with.</param>
    /// <param name="title">What stands below it.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static Picture Errors(Tensor prediction, Tensor truth, string title = "errors")
    {
        LabelMap guess = LabelMap.FromTensor(prediction), label = LabelMap.FromTensor(truth);
        RgbImage picture = MapColors.Errors(guess, label);
        byte[] verdicts = [.. Enumerable.Range(0, label.Classes.Length).Select(i =>
            label.Classes[i] == LabelMap.Ignore ? (byte)2 : label.Classes[i] == guess.Classes[i] ? (byte)0 : (byte)1)];
        bool unlabelled = verdicts.Contains((byte)2);
        var legend = new ClassLegend(unlabelled
            ? [("right", MapColors.Right), ("wrong", MapColors.Wrong), ("no label", MapColors.Ignored)]
            : [("right", MapColors.Right), ("wrong", MapColors.Wrong)]);
        return Classes(picture, new LabelMap(label.Width, label.Height, verdicts), legend, title);
    }

    /// <summary>Pictures side by side.</summary>
    public static PictureRow Row(params Picture[] pictures) => new([.. pictures]);

    private static Picture Classes(RgbImage picture, LabelMap map, ClassLegend legend, string title)
    {
        var entries = LegendEntry.Of(map, legend);
        return new Picture(title, picture)
        {
            Legend = entries,
            Alternative = Alternative(title, entries),
        };
    }

    /// <summary>A class map in one line, for those who cannot see it.</summary>
    internal static string Alternative(string title, IReadOnlyList<LegendEntry> legend) =>
        $"{title}: " + string.Join(", ", legend.Select(e => $"{e.Name} {e.Share}")) + ".";
}
