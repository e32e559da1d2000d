using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Datasets;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Experiments.Classification;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm data`: which datasets there are, and where they are from.</summary>
internal static class DataCommand
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "One dataset or scene in detail, or the file of a hyperspectral image: .mat, .h5, ENVI, .tif.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "data", "List the datasets: whether they are installed, their classes, where they are from.",
            "seglstm data",
            "seglstm data olinda          size, bands, classes with their share of the pixels, provenance",
            "seglstm data PaviaU.mat --labels PaviaU_gt.mat --picture pavia.png",
            "seglstm data houston2013 --folder 2013_DFTC --to houston.tif",
            "seglstm data download loveda --to LoveDA      benchmarks of many images: get, unpack",
            "seglstm data check loveda --root LoveDA       and compare with what was published")
        {
            Name, DataCheckCommand.Create(), DataDownloadCommand.Create(),
        };
        foreach (Option<string?> option in HyperspectralOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string? name = arguments.GetValue(Name);
        if (name is not null && (File.Exists(name) || HyperspectralOptions.IsScene(name))) return HyperspectralData.Run(arguments, name);
        HyperspectralOptions.Refuse(arguments, name);
        return name is null ? List() : Detail(name);
    }

    private static int List()
    {
        Table table = new Table().Border(Terminal.IsInteractive ? TableBorder.Rounded : TableBorder.Ascii2)
            .AddColumns("dataset", "installed", "what it is", "size", "classes", "licence");
        IReadOnlyList<DatasetEntry> entries = DatasetCatalog.Read();
        foreach (DatasetEntry entry in entries)
        {
            table.AddRow(new[]
            {
                entry.Name, entry.Missing.Any() ? "no" : "yes", entry.Title, entry.Size,
                entry.Classes.Count == 0 ? "none" : string.Join(", ", entry.Classes.Select(c => c.Name)), entry.Licence,
            }.Select(Markup.Escape).ToArray());
        }

        table.AddRow("synthetic", "yes", "Aerial scenes drawn by the library", "1024 x 1024 pixels", "LoveDA's seven",
            "as this library");
        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"scenes to train on or map: {string.Join(", ", SceneCatalog.Names)}");
        Terminal.Out.WriteLine($"files: {InstalledData.Root}");
        IEnumerable<string> brought = HyperspectralCatalog.Entries.Select(entry => entry.Name);
        Terminal.Out.WriteLine($"hyperspectral scenes whose files you bring: {string.Join(", ", brought)}");
        IEnumerable<string> collections = BenchmarkCatalog.Entries.Select(entry => entry.Name);
        Terminal.Out.WriteLine($"collections of many images in a folder of yours: {string.Join(", ", collections)} (seglstm "
            + $"data download)");
        Terminal.Out.WriteLine($"pictures with one class each, in a folder of yours: {string.Join(", ", ImageSource.Kinds)} (seglstm train "
            + "--classify)");
        if (entries.Any(entry => entry.Missing.Any()))
        {
            Terminal.Out.WriteLine("to install what is missing: bash environment/setup.sh");
        }
        return 0;
    }

    private static int Detail(string name)
    {
        if (BenchmarkCatalog.Entries.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UsageException($"{name} is a collection of many images: seglstm data download {name} says where it is to be "
                + $"had, seglstm data "
                + $"check {name} --root FOLDER reads what you have of it");
        }

        DatasetEntry? entry = DatasetCatalog.Read().FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        bool isScene = SceneCatalog.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.Equals("synthetic", StringComparison.OrdinalIgnoreCase);
        if (entry is null && !isScene)
        {
            IEnumerable<string> known = DatasetCatalog.Read().Select(e => e.Name).Concat(SceneCatalog.Names)
                .Concat(HyperspectralCatalog.Entries.Select(e => e.Name));
            throw new UsageException($"there is no dataset '{name}'{Suggestions.Phrase(name, known)}. All of them: seglstm data");
        }

        if (entry is not null) Describe(entry);
        if (entry is null || !entry.Missing.Any()) Measure(name);
        return 0;
    }

    private static void Describe(DatasetEntry entry)
    {
        foreach ((string key, string value) in new[]
        {
            ("name", entry.Name), ("title", entry.Title), ("about", entry.About), ("sensor", entry.Sensor),
            ("resolution", entry.Resolution), ("size", entry.Size), ("projection", entry.Projection), ("labels", entry.Labels),
            ("licence", entry.Licence), ("provenance", entry.Provenance), ("folder", entry.Folder),
        })
        {
            Console.Out.WriteLine($"{key,-12}{value.TrimEnd()}");
        }

        DatasetFile[] missing = [.. entry.Missing];
        Terminal.Out.WriteLine(missing.Length == 0
            ? $"installed: {entry.Files.Count} files, {entry.Files.Sum(file => file.Bytes) / 1048576.0:0.0} MiB"
            : $"not installed: {string.Join(", ", missing.Select(file => $"{file.Path} (package {file.Package})"))}. Run: bash "
                + $"environment/setup.sh");
    }

    private static void Measure(string name)
    {
        using Scene scene = SceneCatalog.Load(name);
        Terminal.Out.WriteLine(
            $"scene {scene.Name}: {scene.Width} x {scene.Height} pixels; bands {string.Join(", ", scene.BandNames)}");
        if (scene.Label is null) return;
        using Tensor counted = scene.Label.flatten().bincount(null, scene.Legend.IgnoreIndex + 1);
        long[] counts = counted.data<long>().ToArray();
        Table table = Tables.New("class", "color", "pixels", "share of labelled %");
        double labelled = counts.Take(scene.Legend.Count).Sum();
        for (int c = 0; c < scene.Legend.Count; c++)
        {
            table.AddRow(Markup.Escape(scene.Legend.Names[c]), scene.Legend.Palette[c].ToString(),
                counts[c].ToString(CultureInfo.InvariantCulture), Readable.Percent(counts[c] / labelled));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"without a label: {counts[scene.Legend.IgnoreIndex]} pixels");
    }
}
