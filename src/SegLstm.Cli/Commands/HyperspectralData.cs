using System.CommandLine;
using System.Globalization;
using SegLstm.Checkpoints;
using SegLstm.Cli.Output;
using SegLstm.Data.Arrays;
using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Workbook.Images;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>The part of `seglstm data` that looks at hyperspectral files and scenes.</summary>
internal static class HyperspectralData
{
    /// <summary>Shows a file or a scene of the catalog, and writes what was asked for.</summary>
    public static int Run(ParseResult arguments, string name)
    {
        string? folder = arguments.GetValue(HyperspectralOptions.Folder), picture = arguments.GetValue(HyperspectralOptions.Picture),
            to = arguments.GetValue(HyperspectralOptions.To);
        if (picture is not null) Require.Writable(picture, HyperspectralOptions.Picture.Name);
        if (to is not null) Require.Writable(to, HyperspectralOptions.To.Name);
        bool isFile = File.Exists(name);
        if (isFile && folder is not null) throw new UsageException($"--folder is for the scenes of the catalog; '{name}' is a file");
        if (!isFile) HyperspectralOptions.RefuseForScene(arguments, hasFolder: folder is not null);
        if (!isFile && folder is null)
        {
            Describe(HyperspectralCatalog.Find(name));
            return 0;
        }

        HyperspectralScene? scene = isFile
            ? Open(name, HyperspectralOptions.Reading(arguments)) : HyperspectralCatalog.Load(name, folder!);
        if (scene is null) return 0;
        Show(scene);
        if (picture is not null) Picture(scene, picture);
        if (to is not null) Convert(scene, to);
        return 0;
    }

    /// <summary>What the catalog knows of a scene.</summary>
    private static void Describe(SceneEntry entry)
    {
        var (height, width, bands) = entry.Size;
        string[] files = entry.Split is { } split
            ? [.. entry.Cube.Names.Take(1), split.Train.Names[0], split.Test.Names[0]] : [entry.Cube.Names[0], entry.Labels!.Names[0]];
        foreach ((string key, string value) in new[]
        {
            ("name", entry.Name), ("title", entry.Title), ("size", $"{height} x {width} pixels, {bands} bands"),
            ("classes", string.Join(", ", entry.Classes)), ("files", string.Join(", ", files)), ("source", entry.Source),
            ("terms", entry.Terms), ("unverified", entry.Unverified),
        })
        {
            if (value.Length > 0) Console.Out.WriteLine($"{key,-12}{value}");
        }

        Terminal.Out.WriteLine($"put the files into a folder, then: seglstm data {entry.Name} --folder FOLDER");
    }

    /// <summary>Lists what is in a file, and its scene if it holds one.</summary>
    /// <returns>The scene, or null where there are only other arrays.</returns>
    private static HyperspectralScene? Open(string path, HyperspectralReading reading)
    {
        if (!ArrayFile.IsOne(path)) return HyperspectralFile.Read(path, reading);
        using (ArrayFile file = ArrayFile.Open(path))
        {
            Terminal.Out.WriteLine($"{path}: {file.Format}, {Readable.Bytes(new FileInfo(path).Length)}");
            Table table = Tables.New("variable", "shape", "type");
            foreach (ArrayEntry entry in file.Entries)
            {
                table.AddRow(Markup.Escape(Printable.Of(entry.Name, 60)), string.Join(" x ", entry.Shape), Markup.Escape(entry.Kind));
            }

            Terminal.Out.Write(table);
            bool hasCube = reading.Variable is not null || file.Entries.Any(entry => entry.IsNumeric && entry.Shape.Count == 3);
            if (!hasCube)
            {
                Terminal.Out.WriteLine("no scene: there is no array of numbers with three dimensions");
                return null;
            }
        }

        return HyperspectralFile.Read(path, reading);
    }

    /// <summary>Shows a scene's size, wavelengths, faults, and classes.</summary>
    private static void Show(HyperspectralScene scene)
    {
        string wavelengths = scene.Wavelengths is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"{all.Min():0.#} to {all.Max():0.#} nm") : "wavelengths unknown";
        string shown = string.Join(", ", scene.DisplayBands.Select(band => scene.SourceBands[band] + 1));
        Terminal.Out.WriteLine($"scene {scene.Name}: {scene.Height} x {scene.Width} pixels, {scene.Bands} bands, {wavelengths}");
        Console.Out.WriteLine($"shown as red, green, blue: bands {shown} (from 1)");
        SceneAudit audit = SceneAudit.Of(scene);
        Console.Out.WriteLine($"audit: {audit.Describe()}");
        foreach (string warning in scene.Warnings) Console.Out.WriteLine($"note: {warning}");
        if (scene.Provenance.Length > 0) Console.Out.WriteLine($"provenance: {scene.Provenance}");
        int[] counts = scene.CountLabels();
        if (counts.Length == 1)
        {
            Terminal.Out.WriteLine("no labels");
            return;
        }

        var official = scene.OfficialSplit?.Count(scene.Labels, scene.Classes);
        string[] columns = ["class", "pixels", "share of labelled %"];
        Table table = Tables.New(official is null ? columns : [.. columns, "training", "test"]);
        double labelled = counts.Skip(1).Sum();
        for (int label = 1; label < counts.Length; label++)
        {
            string[] row = [Markup.Escape($"{label} {scene.ClassNames[label - 1]}"), $"{counts[label]}",
                Readable.Percent(counts[label] / labelled)];
            table.AddRow(official is { } split ? [.. row, $"{split.Train[label]}", $"{split.Test[label]}"] : row);
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"without a label: {counts[0]} pixels");
    }

    /// <summary>Writes a picture of three bands, with the labels over it where there are any.</summary>
    private static void Picture(HyperspectralScene scene, string path)
    {
        using var scope = NewDisposeScope();
        float[] planes = new float[3 * scene.Pixels];
        for (int i = 0; i < planes.Length; i++)
            planes[i] = scene.Samples[(i % scene.Pixels * scene.Bands) + scene.DisplayBands[i / scene.Pixels]];
        Tensor image = tensor(planes, [3, scene.Height, scene.Width]);
        if (scene.Labels.All(label => label == 0))
        {
            byte[] picture = PercentStretch.ToRgb(image, [0, 1, 2]).ToPng();
            AtomicFile.Write(path, stream => stream.Write(picture));
            return;
        }

        long[] classes = Array.ConvertAll(scene.Labels, label => label == 0 ? 255L : label - 1);
        Overlays.Write(path, image, [0, 1, 2], tensor(classes, [scene.Height, scene.Width]), scene.Legend);
    }

    /// <summary>Writes samples and labels as GeoTIFF.</summary>
    private static void Convert(HyperspectralScene scene, string path)
    {
        var type = HyperspectralWriter.Write(scene, path);
        Console.Out.WriteLine($"wrote {path} ({scene.Bands} bands of {type})");
        if (scene.Labels.All(label => label == 0)) return;
        string labels = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "_labels.tif");
        HyperspectralWriter.WriteLabels(scene, labels);
        Console.Out.WriteLine($"wrote {labels}");
    }
}
