using System.Security.Cryptography;
using SegLstm.Data.Hyperspectral.Files;

namespace SegLstm.Data.Hyperspectral.Catalog;

/// <summary>The benchmark scenes of the field, read from a folder in which a user has put their files.</summary>
public static class HyperspectralCatalog
{
    /// <summary>All scenes.</summary>
    public static IReadOnlyList<SceneEntry> Entries => SceneTable.Entries;

    /// <summary>The scene of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists all.</exception>
    public static SceneEntry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new KeyNotFoundException(
            $"There is no hyperspectral scene '{name}': {string.Join(", ", Entries.Select(entry => entry.Name))}.");

    /// <summary>Reads a scene from a folder. What differs from what is known of it is told in its warnings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder; files may lie in folders within it.</param>
    /// <exception cref="KeyNotFoundException">There is no such scene.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which names were looked for, and where to ask for it.</exception>
    /// <exception cref="IOException">A file is damaged.</exception>
    /// <exception cref="InvalidDataException">Files do not fit each other.</exception>
    public static HyperspectralScene Load(string name, string folder)
    {
        SceneEntry entry = Find(name);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to look for {entry.Name} in.");
        var warnings = new List<string>();
        string cube = Locate(entry, folder, entry.Cube, "samples", warnings);
        var reading = new HyperspectralReading { Legend = ClassColors.Legend(entry.Classes) };
        HyperspectralScene scene;
        if (entry.Split is { } split)
        {
            scene = HyperspectralFile.Read(cube, reading);
            byte[] train = Labels(Locate(entry, folder, split.Train, "training labels", warnings), scene);
            byte[] test = Labels(Locate(entry, folder, split.Test, "test labels", warnings), scene);
            scene = Joined(entry, scene with { Legend = reading.Legend }, train, test, warnings);
        }
        else
        {
            scene = HyperspectralFile.Read(cube, reading with { LabelPath = Locate(entry, folder, entry.Labels!, "labels", warnings) });
        }

        return Described(entry, scene, warnings);
    }

    private static byte[] Labels(string path, HyperspectralScene scene)
    {
        if (!path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            return LabelGrid.Read(path, null).On(scene.Height, scene.Width, scene.GeoTransform);
        var regions = EnviRoi.Read(path);
        return (regions.Height, regions.Width) == (scene.Height, scene.Width) ? regions.ToLabels() : throw new InvalidDataException(
            $"'{path}' is for an image of {regions.Height}x{regions.Width}; this one is {scene.Height}x{scene.Width}.");
    }

    private static HyperspectralScene Joined(SceneEntry entry, HyperspectralScene scene, byte[] train, byte[] test, List<string> warnings)
    {
        int[] both = [.. Enumerable.Range(0, train.Length).Where(pixel => train[pixel] != 0 && test[pixel] != 0)];
        if (both.Length > 0)
        {
            warnings.Add($"{both.Length} pixels are in the training and in the test labels: they are taken out of the test");
            foreach (int pixel in both) test[pixel] = 0;
        }

        var joined = scene with
        {
            Labels = [.. train.Zip(test, (first, second) => first != 0 ? first : second)],
            OfficialSplit = new PixelSplit(Where(train), Where(test), $"the published split of {entry.Name}"),
        };
        int most = joined.Labels.Max();
        if (most > joined.Classes)
        {
            warnings.Add($"labels go up to {most}, but {joined.Classes} class names are known: classes are numbered instead");
            joined = joined with { Legend = ClassColors.Numbered(most) };
        }

        if (entry.SplitPixels is { } known)
        {
            var (trained, tested) = joined.OfficialSplit.Count(joined.Labels, joined.Classes);
            Compare("training", known.Train, trained, warnings);
            Compare("test", known.Test, tested, warnings);
        }

        return joined;
    }

    private static int[] Where(byte[] labels) => [.. Enumerable.Range(0, labels.Length).Where(pixel => labels[pixel] != 0)];

    private static HyperspectralScene Described(SceneEntry entry, HyperspectralScene scene, List<string> warnings)
    {
        var (height, width, bands) = entry.Size;
        if (entry.OtherLayers > 0 && scene.Bands == bands + entry.OtherLayers)
        {
            warnings.Add($"the last {entry.OtherLayers} layers are no spectral bands: they are left out");
            scene = scene.WithBands([.. Enumerable.Range(0, bands)]);
        }

        if ((scene.Height, scene.Width, scene.Bands) != entry.Size)
            warnings.Add($"{scene.Height}x{scene.Width} pixels of {scene.Bands} bands; {entry.Name} has {height}x{width} of {bands}");
        Compare("labelled", entry.ClassPixels, scene.CountLabels(), warnings);
        double[]? wavelengths = scene.Wavelengths ?? (entry.Wavelengths is { } range && scene.Bands == bands
            ? [.. Enumerable.Range(0, bands).Select(band => range.First + ((range.Last - range.First) * band / (bands - 1)))] : null);
        int[]? shown = entry.DisplayBands is { } given && given.All(band => band < scene.Bands) ? given : null;
        return scene with
        {
            Name = entry.Name,
            Wavelengths = wavelengths,
            DisplayBands = shown ?? DisplayBandChoice.Of(scene.Bands, wavelengths),
            Provenance = $"{entry.Title}. {entry.Terms}. {(entry.Unverified.Length > 0 ? $"Not verified: {entry.Unverified}." : "")}".Trim(),
            Warnings = [.. scene.Warnings, .. warnings],
        };
    }

    private static void Compare(string what, IReadOnlyList<int> known, int[] counts, List<string> warnings)
    {
        for (int label = 1; label <= known.Count; label++)
        {
            int found = label < counts.Length ? counts[label] : 0;
            if (found != known[label - 1]) warnings.Add($"class {label} has {found} {what} pixels; {known[label - 1]} are usual");
        }
    }

    private static string Locate(SceneEntry entry, string folder, SceneFile file, string what, List<string> warnings)
    {
        // Archives unpack into folders of their own; deeper than these nothing of ours lies.
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 3, MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = true,
        };
        string path = file.Names
            .SelectMany(name => Directory.EnumerateFiles(folder, name, options).Order(StringComparer.Ordinal)).FirstOrDefault()
            ?? throw new FileNotFoundException(
                $"The {what} of {entry.Name} are not in '{folder}': looked for {string.Join(" or ", file.Names)}. Ask for them at: {entry.Source}.");
        if (file.Digests.Count > 0)
        {
            using FileStream stream = File.OpenRead(path);
            string digest = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (!file.Digests.Contains(digest))
                warnings.Add($"{Path.GetFileName(path)} is another file than the known one (SHA-256 {digest[..12]}…): a re-saved copy, or a damaged one");
        }

        return path;
    }
}
