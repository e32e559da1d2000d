using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using SegLstm.Training.Mapping;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>How rasters of any size become a classified GeoTIFF, a picture and polygons: options that commands share which map.</summary>
internal sealed class MapOptions
{
    /// <summary>What to say of the rasters that a command maps.</summary>
    public const string Rasters =
        "The raster to map: GeoTIFF, PNG, JPEG, ENVI ... Several become one map, on the grid of the first, which lies on top; others are "
        + "warped to it while they are read.";

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The classified GeoTIFF to write.", HelpName = "FILE", DefaultValueFactory = _ => "map.tif",
    };

    private readonly Option<string?> _overlay = new("--overlay")
    {
        Description = "Also write a PNG picture of the classes over the image, with a legend.", HelpName = "FILE",
    };

    private readonly Option<string?> _polygons = new("--polygons")
    {
        Description = "Also write the classes as polygons: a GeoPackage with class, name, pixels and area (in square units of the "
            + $"coordinate system). Cut every {ClassPolygons.BlockSide} pixels.",
        HelpName = "FILE.gpkg",
    };

    private readonly Option<bool> _cog = new("--cog")
    {
        Description = "Write a cloud-optimized GeoTIFF: with overviews, readable in parts over a network.",
    };

    private readonly Option<int?> _overlap = CommonOptions.Overlap();

    private readonly Option<int?> _batch = new("--batch")
    {
        Description = "Windows predicted at once (default: as many as fill 128 x 128 pixels).", HelpName = "N",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with a map that was cut off, from the strips beside it; ends in the same bytes. Without strips, begin.",
    };

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly ProcessOptions _processes = new(
        "that map together: each maps its part of the scene, and the map has the bytes of one process with as many --threads.");

    private readonly SourceOptions _source = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _out, _overlay, _polygons, _cog }) command.Add(option);
        _source.AddTo(command);
        foreach (Option option in new Option[] { _overlap, _batch, _resume, _threads }) command.Add(option);
        _processes.AddTo(command);
    }

    /// <summary>Complains about options before anything is loaded, and applies `--threads`; where several processes are asked for, starts
    /// them and waits for their end.</summary>
    /// <returns>The exit code, where others have made the map; null where it is left to this process.</returns>
    /// <exception cref="UsageException">One cannot be used.</exception>
    public int? Begin(ParseResult arguments)
    {
        RankPlace? place = RankPlace.OfEnvironment();
        Require.Writable(arguments.GetValue(_out)!, _out.Name);
        if (arguments.GetValue(_overlay) is { } picture) Require.Writable(picture, _overlay.Name);
        if (arguments.GetValue(_polygons) is { } package)
        {
            Require.Writable(package, _polygons.Name);
            if (!package.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException(
                    $"{_polygons.Name} {package}: polygons are written as a GeoPackage, give a name that ends in .gpkg");
            }
        }

        if (arguments.GetValue(_batch) is { } count) Require.AtLeast(count, 1, _batch.Name);
        _source.Check(arguments);
        CommonOptions.Use(ProcessOptions.Threads(arguments.GetValue(_threads), place));
        return _processes.Launches(arguments, place)
            ? _processes.Launch(arguments, _ => $"Go on with the strips that are kept by the same command and {_resume.Name}.")
            : null;
    }

    /// <summary>Maps rasters, writes what was asked for and says what is in it.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="images">The rasters, the first on top.</param>
    /// <param name="card">What the model is.</param>
    /// <param name="modelFiles">Files that the model is made of.</param>
    /// <param name="load">Gives the model, once the options are known to fit.</param>
    /// <exception cref="UsageException">The bands or the overlap do not fit the rasters or the model.</exception>
    public void Map(
        ParseResult arguments, IReadOnlyList<string> images, ModelCard card, IReadOnlyList<string> modelFiles, Func<Segmenter> load)
    {
        int overlap = CommonOptions.OverlapOf(arguments.GetValue(_overlap), card.ImageSize);
        using Ranks? ranks = RankPlace.OfEnvironment() is { } place ? _processes.Join(arguments, place) : null;
        using var opened = new OpenedSource(_source, arguments, images, card);
        IPixelSource source = opened.Pixels;
        string output = arguments.GetValue(_out)!;
        string? overlay = arguments.GetValue(_overlay), polygons = arguments.GetValue(_polygons);
        var predictor = new Predictor(load(), card.Classes, card.ImageSize, overlap, arguments.GetValue(_batch));
        SlidingWindows windows = predictor.Windows(source.Width, source.Height);
        var mapper = new RasterMapper(predictor, card);
        SharedMapper? shared = ranks is null ? null : new SharedMapper(mapper, ranks, _processes.Wait(arguments));
        if (ranks is { IsFirst: false })
        {
            using MapJournal side = MapJournal.Join(output, windows);
            using var told = new Interruption();
            shared!.Help(source, side, told.Token);
            return;
        }

        using MapJournal journal = MapJournal.Open(
            output, windows, MapIdentity.Of(modelFiles, card, predictor, source), arguments.GetValue(_resume));
        Terminal.Out.WriteLine(
            $"{card.Model} maps {source.Width} x {source.Height} pixels{opened.Note} in {windows.Count} windows of {card.ImageSize}"
            + (ranks is null ? "" : $", {ranks.Count} processes together")
            + (journal.FinishedRows == 0 ? "" : $"; {journal.FinishedRows} rows are there"));
        using var interruption = new Interruption();
        // Beside the strips until it is whole, so that a killed process leaves nothing elsewhere.
        string made = Path.Combine(journal.Folder, Path.GetFileName(output));
        using RasterMap map = Map(source.Height, journal, windows.Count, report => shared is null
            ? mapper.Map(source, made, journal, report, interruption.Token)
            : shared.Map(source, made, journal, report, interruption.Token));
        if (overlay is not null)
        {
            using var image = RasterMapper.Picture(source, map.Step);
            Overlays.Write(overlay, image, card.DisplayBands, map.Labels, card.Legend);
        }

        long shapes = polygons is null ? 0 : WritePolygons(made, polygons, card, interruption.Token);
        if (arguments.GetValue(_cog)) CloudOptimized.Copy(made, made);
        RasterWriter.Move(made, output);
        journal.Remove();
        Terminal.Out.Write(Tables.Shares(card.ClassNames, map.Pixels, map.NoData));
        string others = (overlay is null ? "" : $", {overlay}") + (polygons is null ? "" : $", {polygons} ({shapes} polygons)");
        Terminal.Out.WriteLine($"wrote {output}{others}");
        if (map.Speed.Pixels > 0) Show(map.Speed, ranks?.Count ?? 1);
    }

    private static RasterMap Map(int height, MapJournal journal, long windows, Func<Action<long, long>, RasterMap> make)
    {
        try
        {
            return ProgressDisplay.Run("windows", windows, report => make((done, _) => report(done, "")));
        }
        catch (OperationCanceledException)
        {
            journal.Look();
            if (journal.FinishedRows == 0) throw;
            Console.Error.WriteLine(
                $"seglstm: {journal.FinishedRows} of {height} rows are kept in {journal.Folder}: --resume goes on with them");
            throw;
        }
    }

    private static long WritePolygons(string map, string polygons, ModelCard card, CancellationToken stop)
    {
        // It is this program's own, so the file need not be as large as untrusted ones.
        using Raster made = Raster.Open(map, RasterLimits.Default with { MaxExpansion = double.PositiveInfinity });
        long blocks = ClassPolygons.Blocks(made.Width, made.Height);
        return ProgressDisplay.Run("polygons", blocks,
            report => ClassPolygons.Write(made, polygons, card.ClassNames, (done, _) => report(done, ""), stop));
    }

    // Of several processes each has a model that waits for its own reading.
    private static void Show(MapSpeed speed, int processes) => Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{speed.Megapixels:0.000} megapixels a second, ") + (processes > 1 ? $"by {processes} processes" : string.Create(
            CultureInfo.InvariantCulture, $"the model alone {speed.ModelMegapixels:0.000}: {100 * speed.Lost:0.0} % of the time went ")
            + "into reading, blending and writing"));
}
