using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>How a raster of any size becomes a classified GeoTIFF and a picture: options that commands share which map.</summary>
internal sealed class MapOptions
{
    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The classified GeoTIFF to write.", HelpName = "FILE", DefaultValueFactory = _ => "map.tif",
    };

    private readonly Option<string?> _overlay = new("--overlay")
    {
        Description = "Also write a PNG picture of the classes over the image, with a legend.", HelpName = "FILE",
    };

    private readonly Option<string?> _bands = new("--bands")
    {
        Description = "Bands of the raster that stand for the model's bands, from 1 (default: the first ones, where the raster "
            + "has as many).",
        HelpName = "1,2,3",
    };

    private readonly Option<int?> _overlap = CommonOptions.Overlap();

    private readonly Option<int?> _batch = new("--batch")
    {
        Description = "Windows predicted at once (default: as many as fill 128 x 128 pixels).", HelpName = "N",
    };

    private readonly Option<int?> _threads = CommonOptions.Threads();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _out, _overlay, _bands, _overlap, _batch, _threads }) command.Add(option);
    }

    /// <summary>Complains about options before anything is loaded, and applies `--threads`.</summary>
    /// <exception cref="UsageException">One cannot be used.</exception>
    public void Check(ParseResult arguments)
    {
        Require.Writable(arguments.GetValue(_out)!, _out.Name);
        if (arguments.GetValue(_overlay) is { } picture) Require.Writable(picture, _overlay.Name);
        if (arguments.GetValue(_batch) is { } count) Require.AtLeast(count, 1, _batch.Name);
        CommonOptions.Use(arguments.GetValue(_threads));
    }

    /// <summary>Maps a raster, writes what was asked for and says what is in it.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="source">The raster.</param>
    /// <param name="card">What the model is.</param>
    /// <param name="load">Gives the model, once the options are known to fit.</param>
    /// <exception cref="UsageException">The bands or the overlap do not fit the raster or the model.</exception>
    public void Map(ParseResult arguments, Raster source, ModelCard card, Func<Segmenter> load)
    {
        int overlap = CommonOptions.OverlapOf(arguments.GetValue(_overlap), card.ImageSize);
        int[] bands = ChooseBands(arguments.GetValue(_bands), source, card);
        string output = arguments.GetValue(_out)!;
        string? overlay = arguments.GetValue(_overlay);
        var predictor = new Predictor(load(), card.Classes, card.ImageSize, overlap, arguments.GetValue(_batch));
        var mapper = new RasterMapper(predictor, card);
        using var interruption = new Interruption();
        long windows = new SlidingWindows(source.Width, source.Height, card.ImageSize, overlap).Count;
        Terminal.Out.WriteLine(
            $"{card.Model} maps {source.Width} x {source.Height} pixels in {windows} windows of {card.ImageSize}");
        using RasterMap map = ProgressDisplay.Run("windows", windows,
            report => mapper.Map(source, bands, output, (done, _) => report(done, ""), interruption.Token));
        if (overlay is not null) Overlays.Write(overlay, map.Image, card.DisplayBands, map.Labels, card.Legend);
        Show(map, card, output, overlay);
    }

    private static void Show(RasterMap map, ModelCard card, string output, string? overlay)
    {
        Terminal.Out.Write(Tables.Shares(card.ClassNames, map.Pixels, map.NoData));
        Terminal.Out.WriteLine($"wrote {output}{(overlay is null ? "" : $" and {overlay}")}");
    }

    private static int[] ChooseBands(string? given, Raster source, ModelCard card)
    {
        if (given is null)
        {
            if (source.Bands == card.Channels) return [.. Enumerable.Range(0, card.Channels)];
            throw new UsageException(
                $"{source.Path} has {source.Bands} bands, the model takes {card.Channels} ({string.Join(", ", card.Bands)}): "
                + "say which ones with --bands, such as --bands " + string.Join(",", Enumerable.Range(1, card.Channels)));
        }

        string[] words = given.Split(',', StringSplitOptions.TrimEntries);
        if (words.Length != card.Channels)
        {
            throw new UsageException(
                $"--bands {given} names {words.Length} bands: the model takes {card.Channels} ({string.Join(", ", card.Bands)})");
        }

        return [.. words.Select(word => int.TryParse(word, out int band) && band >= 1 && band <= source.Bands
            ? band - 1
            : throw new UsageException($"--bands {given}: '{word}' is no band of {source.Path}, which has 1 to {source.Bands}"))];
    }
}
