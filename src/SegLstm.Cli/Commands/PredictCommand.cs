using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm predict`: a raster of any size into a classified GeoTIFF and a picture to look at.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Checkpoint = CommonOptions.Checkpoint();
    private static readonly Option<int?> Overlap = CommonOptions.Overlap();
    private static readonly Option<int?> Threads = CommonOptions.Threads();

    private static readonly Option<string> Image = new("--image", "-i")
    {
        Description = "The raster to map: GeoTIFF, PNG, JPEG, ENVI ...", HelpName = "FILE", Required = true,
    };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The classified GeoTIFF to write.", HelpName = "FILE", DefaultValueFactory = _ => "map.tif",
    };

    private static readonly Option<string?> Overlay = new("--overlay")
    {
        Description = "Also write a PNG picture of the classes over the image, with a legend.", HelpName = "FILE",
    };

    private static readonly Option<string?> Bands = new("--bands")
    {
        Description = "Bands of the raster that stand for the model's bands, from 1 (default: the first ones, where the raster "
            + "has as many).",
        HelpName = "1,2,3",
    };

    private static readonly Option<int?> Batch = new("--batch")
    {
        Description = "Windows predicted at once (default: as many as fill 128 x 128 pixels).", HelpName = "N",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "predict", "Map a raster of any size into a classified GeoTIFF, with its georeferencing and a colour table.",
            "seglstm predict -c runs/first/best.safetensors -i scene.tif -o map.tif --overlay map.png",
            "seglstm predict -c best.safetensors -i landsat.tif --bands 3,2,1       bands in another order than the model's",
            "gdalinfo map.tif                                                       look at what was written")
        {
            Checkpoint, Image, Out, Overlay, Bands, Overlap, Batch, Threads,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string checkpoint = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        string image = Require.File(arguments.GetValue(Image)!, Image.Name);
        string output = Require.Writable(arguments.GetValue(Out)!, Out.Name);
        string? overlay = arguments.GetValue(Overlay) is { } picture ? Require.Writable(picture, Overlay.Name) : null;
        CommonOptions.Use(arguments.GetValue(Threads));
        int? batch = arguments.GetValue(Batch) is { } count ? Require.AtLeast(count, 1, Batch.Name) : null;

        using Raster source = Raster.Open(image);
        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        int overlap = CommonOptions.OverlapOf(arguments.GetValue(Overlap), card.ImageSize);
        int[] bands = ChooseBands(arguments.GetValue(Bands), source, card);
        (Segmenter model, _) = ModelCheckpoint.Load(checkpoint);
        using (model)
        using (var interruption = new Interruption())
        {
            var mapper = new RasterMapper(new Predictor(model, card.Classes, card.ImageSize, overlap, batch), card);
            long windows = new SlidingWindows(source.Width, source.Height, card.ImageSize, overlap).Count;
            Terminal.Out.WriteLine(
                $"{card.Model} maps {source.Width} x {source.Height} pixels in {windows} windows of {card.ImageSize}");
            using RasterMap map = ProgressDisplay.Run("windows", windows,
                report => mapper.Map(source, bands, output, (done, _) => report(done, ""), interruption.Token));
            if (overlay is not null) Overlays.Write(overlay, map.Image, card.DisplayBands, map.Labels, card.Legend);
            Show(map, card, output, overlay);
        }

        return 0;
    }

    private static void Show(RasterMap map, ModelCard card, string output, string? overlay)
    {
        double all = map.Pixels.Sum() + map.NoData;
        Table table = Tables.New("class", "pixels", "share %");
        for (int c = 0; c < card.Classes; c++)
        {
            table.AddRow(Markup.Escape(card.ClassNames[c]), $"{map.Pixels[c]}", Readable.Percent(map.Pixels[c] / all));
        }
        if (map.NoData > 0) table.AddRow("no data", $"{map.NoData}", Readable.Percent(map.NoData / all));
        Terminal.Out.Write(table);
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
