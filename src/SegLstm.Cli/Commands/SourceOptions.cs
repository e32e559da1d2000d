using System.CommandLine;
using System.Globalization;
using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>Which pixels of one raster or several are mapped: options that commands share which map.</summary>
internal sealed class SourceOptions
{
    private const string Epsg = "EPSG:";

    private readonly Option<string?> _bands = new("--bands")
    {
        Description = "Bands of the rasters that stand for the model's bands, from 1 (default: the first ones, where the raster "
            + "has as many).",
        HelpName = "1,2,3",
    };

    private readonly Option<string?> _crs = new("--crs")
    {
        Description = "Coordinate system of the map (default: the first raster's).", HelpName = "EPSG:N",
    };

    private readonly Option<double?> _resolution = new("--resolution")
    {
        Description = "Side of the map's pixels in units of its coordinate system (default: the first raster's).", HelpName = "SIZE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _bands, _crs, _resolution }) command.Add(option);
    }

    /// <summary>Complains about options before anything is opened.</summary>
    /// <exception cref="UsageException">One cannot be used.</exception>
    public void Check(ParseResult arguments)
    {
        _ = Code(arguments);
        if (arguments.GetValue(_resolution) is { } size && !(size > 0 && double.IsFinite(size)))
        {
            string given = size.ToString(CultureInfo.InvariantCulture);
            throw new UsageException($"{_resolution.Name} {given}: expected a number above 0");
        }
    }

    /// <summary>What a map is made of: one raster as it is, or several, or one that is asked for on another grid, as a mosaic.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="rasters">The rasters, the first on top.</param>
    /// <param name="card">The model.</param>
    /// <exception cref="UsageException">The bands do not fit the rasters or the model.</exception>
    public IPixelSource Pixels(ParseResult arguments, IReadOnlyList<Raster> rasters, ModelCard card)
    {
        string? given = arguments.GetValue(_bands);
        int[] bands = ChooseBands(given, rasters[0], card);
        foreach (Raster raster in rasters.Skip(1))
        {
            if (!ChooseBands(given, raster, card).SequenceEqual(bands))
            {
                throw new UsageException($"{raster.Path} has its bands elsewhere than {rasters[0].Path}: say which ones with --bands");
            }
        }

        var (code, resolution) = (Code(arguments), arguments.GetValue(_resolution));
        return rasters.Count == 1 && code is null && resolution is null
            ? new RasterBands(rasters[0], bands) : new RasterMosaic(rasters, bands, code, resolution);
    }

    private int? Code(ParseResult arguments)
    {
        if (arguments.GetValue(_crs) is not { } text) return null;
        return text.StartsWith(Epsg, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text.AsSpan(Epsg.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? code : throw new UsageException($"{_crs.Name} {text}: expected EPSG: and a number, such as EPSG:32618");
    }

    private static int[] ChooseBands(string? given, Raster source, ModelCard card)
    {
        if (given is null)
        {
            // How opaque a pixel is says the mask.
            int[] colours = [.. Enumerable.Range(0, source.Bands).Where(band => band != source.AlphaBand)];
            if (source.Bands == card.Channels) return [.. Enumerable.Range(0, card.Channels)];
            if (colours.Length == card.Channels) return colours;
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
