using System.CommandLine;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>Which labelled scene a command works on: an installed dataset, or the user's own image and labels.</summary>
internal sealed class SceneOptions
{
    private readonly Option<string?> _data = new("--data", "-d")
    {
        Description = "An installed dataset (see: seglstm data; default: olinda, or the one the model learnt).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _image = new("--image", "-i")
    {
        Description = "Your own raster instead, with --labels.", HelpName = "FILE",
    };

    private readonly Option<string?> _labels = new("--labels", "-l")
    {
        Description = "Its classes: a one-band raster of the same size, 0, 1, 2 ... and 255 where there is no label.",
            HelpName = "FILE",
    };

    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "Names of those classes in order (default: the names that the labels file holds).", HelpName = "a,b,c",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _data, _image, _labels, _classes }) command.Add(option);
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool AreGiven(ParseResult arguments) => new Option[] { _data, _image, _labels, _classes }
        .Any(option => arguments.GetResult(option) is { Implicit: false });

    /// <summary>Where the scene that was asked for is.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="fallback">The dataset where none was named.</param>
    /// <exception cref="UsageException">Options exclude each other, or one is missing.</exception>
    public SceneSource Source(ParseResult arguments, string fallback)
    {
        string? data = arguments.GetValue(_data), image = arguments.GetValue(_image), labels = arguments.GetValue(_labels);
        if (image is null && labels is null) return new SceneSource { Data = data ?? fallback };
        if (data is not null) throw new UsageException("--data and --image exclude each other: give one of them");
        if (image is null || labels is null) throw new UsageException("--image and --labels belong together: give both");
        return new SceneSource { Image = image, Labels = labels, Classes = arguments.GetValue(_classes) };
    }

    /// <summary>Loads the scene that was asked for.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="fallback">The dataset where none was named.</param>
    /// <param name="legend">Classes of the labels where neither the command line nor the file names them; may be null.</param>
    public Scene Load(ParseResult arguments, string fallback, ClassLegend? legend = null) =>
        Load(Source(arguments, fallback), legend);

    /// <summary>Loads a scene.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="legend">Classes of the labels where neither the source nor the file names them; may be null.</param>
    public static Scene Load(SceneSource source, ClassLegend? legend = null) => source.Data is { } name
        ? Installed(name)
        : Read(Require.File(source.Image!, "--image"), Require.File(source.Labels!, "--labels"), source.Classes, legend);

    private static Scene Installed(string name)
    {
        try
        {
            return SceneCatalog.Load(name);
        }
        catch (KeyNotFoundException)
        {
            IReadOnlyList<string> known = SceneCatalog.Names;
            throw new UsageException(
                $"there is no dataset '{name}'{Suggestions.Phrase(name, known)}. Datasets: {string.Join(", ", known)}");
        }
    }

    private static Scene Read(string imagePath, string labelPath, string? classes, ClassLegend? legend)
    {
        using Raster image = Raster.Open(imagePath), labels = Raster.Open(labelPath);
        if ((labels.Width, labels.Height) != (image.Width, image.Height) || labels.Bands != 1)
        {
            throw new UsageException(
                $"--labels {labelPath} has {labels.Bands} bands of {labels.Width}x{labels.Height} pixels: expected 1 of "
                + $"{image.Width}x{image.Height}, as {imagePath}");
        }

        ClassLegend resolved = Legend(labels, classes) ?? legend
            ?? throw new UsageException(
                $"{labelPath} names no classes: name them with --classes, such as --classes water,forest,field");
        Tensor label = Check(labels, resolved);
        return new Scene
        {
            Name = Path.GetFileNameWithoutExtension(imagePath),
            Image = image.Read(dtype: ScalarType.Float32),
            BandNames = [.. image.BandNames.Select((name, band) => name.Length > 0 ? name : $"band {band + 1}")],
            DisplayBands = image.Bands >= 3 ? [0, 1, 2] : [0, 0, 0],
            Label = label,
            Legend = resolved,
            GeoTransform = image.GeoTransform,
            Projection = image.Projection,
            Provenance = $"{imagePath}, labels {labelPath}",
        };
    }

    private static ClassLegend? Legend(Raster labels, string? classes)
    {
        string[]? names = classes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? labels.CategoryNames?.TakeWhile(name => name.Length > 0).ToArray();
        if (names is null or []) return null;
        bool coloured = classes is null && labels.ColorTable?.Count >= names.Length;
        return new ClassLegend(
            [.. names.Select((name, c) => (name, coloured ? labels.ColorTable![c] : ClassColors.Of(c)))]);
    }

    private static Tensor Check(Raster labels, ClassLegend legend)
    {
        using var scope = NewDisposeScope();
        Tensor label = labels.Read()[0].to_type(ScalarType.Int64);
        long ignore = legend.IgnoreIndex;
        if (labels.NoData is { } none) label = label.masked_fill(label.eq((long)none), ignore);
        Tensor wrong = label.lt(0).logical_or(label.ge(legend.Count)).logical_and(label.ne(ignore)).flatten();
        if (wrong.any().item<bool>())
        {
            long at = wrong.to_type(ScalarType.Byte).argmax().item<long>();
            throw new UsageException(
                $"the label {label.flatten()[at].item<long>()} at column {at % labels.Width}, row {at / labels.Width} of {labels.Path} "
                + $"is out of range: expected 0 to {legend.Count - 1} ({string.Join(", ", legend.Names)}) or {ignore} for no label; "
                + "correct the file or name more classes with --classes");
        }

        return scope.MoveToOuter(label);
    }
}
