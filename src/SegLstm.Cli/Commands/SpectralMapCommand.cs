using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Arrays;
using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Rasters;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm spectral map`: every pixel of a hyperspectral file by a trained network, as a classified GeoTIFF.</summary>
internal static class SpectralMapCommand
{
    // Wavelengths of two copies of one scene may be rounded apart, in nanometres.
    private const double Near = 2;

    private static readonly Argument<string> Scene = new("file") { Description = "The scene: ENVI, GeoTIFF, MATLAB, HDF5." };
    private static readonly Option<string> Checkpoint = new("--checkpoint", "-c")
    {
        Description = "A trained network, of seglstm spectral train.", HelpName = "FILE", Required = true,
    };
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The classified GeoTIFF to write.", HelpName = "FILE", DefaultValueFactory = _ => "map.tif",
    };

    public static Command Create()
    {
        var command = new ExampleCommand("map", "Classify every pixel of a scene of any height into a GeoTIFF, with its georeferencing and a colour table.",
            "seglstm spectral map scene.tif -c model.safetensors --out map.tif",
            "seglstm spectral map scene.mat --variable cube -c model.safetensors")
        {
            Scene, Checkpoint, HyperspectralOptions.Variable, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string file = Require.File(arguments.GetValue(Scene)!, Scene.Name), output = Require.Writable(arguments.GetValue(Out)!, Out.Name);
        (PixelClassifier model, PixelModelCard card) = PixelCheckpoint.Load(Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name));
        using (model)
        {
            GeoTransform? place;
            string projection;
            if (ArrayFile.IsOne(file))
            {
                HyperspectralScene scene = HyperspectralFile.Read(file, new HyperspectralReading { Variable = arguments.GetValue(HyperspectralOptions.Variable) });
                Fit(file, scene.Bands, card);
                (place, projection) = (scene.GeoTransform, scene.Projection);
                using var rows = new SceneRows(card.Bands.Count == scene.Bands ? scene : scene.WithBands(card.Bands));
                Map(rows);
            }
            else
            {
                using var source = Raster.Open(file);
                Fit(file, source.Bands, card);
                using var rows = new RasterRows(file, card.Bands);
                (place, projection) = (rows.GeoTransform, rows.Projection);
                Map(rows);
            }

            void Map(HyperspectralRows rows)
            {
                Warn(rows, card);
                using var interruption = new Interruption();
                var clock = Stopwatch.StartNew();
                long pixels = (long)rows.Height * rows.Width;
                Terminal.Out.WriteLine($"{card.Model}, which learnt {card.Scene} ({card.Draw}), maps {rows.Width} x {rows.Height} pixels of {rows.Bands} bands");
                long[] counts = ProgressDisplay.Run("pixels", pixels, tell => new PixelMapper(model, card).Map(
                    rows, place, projection, output, (done, _) => tell(done, ""), interruption.Token));
                Terminal.Out.Write(Tables.Shares(card.ClassNames, counts[..^1], counts[^1]));
                Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"wrote {output}; {pixels / Math.Max(clock.Elapsed.TotalSeconds, 1e-9):N0} pixels a second"));
            }
        }

        return 0;
    }

    private static void Fit(string file, int bands, PixelModelCard card)
    {
        if (bands != card.FileBands)
        {
            throw new UsageException(
                $"{file} has {bands} bands, the network learnt {card.Scene}, whose files have {card.FileBands}: take a scene of the same sensor");
        }
    }

    private static void Warn(HyperspectralRows rows, PixelModelCard card)
    {
        if (rows.Wavelengths is not { } here || card.Wavelengths is not { } learnt) return;
        double apart = here.Zip(learnt, (one, other) => Math.Abs(one - other)).Max();
        if (apart > Near)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seglstm: the bands lie up to {apart:0.#} nm from those that the network learnt: expect worse classes"));
        }
    }
}
