using System.Globalization;
using System.Security.Cryptography;
using SegLstm.Data.Rasters;

namespace SegLstm.Training.Mapping;

/// <summary>All that a map depends on, so that strips of one map never become part of another.</summary>
/// <param name="Parts">Digests and options by what they are called in messages.</param>
public sealed record MapIdentity(IReadOnlyDictionary<string, string> Parts)
{
    private static readonly string[] SideCars = [".msk", ".aux.xml", ".hdr"];

    /// <summary>Digests a model, a source and options. Files are read whole.</summary>
    /// <param name="modelFiles">Files that the model was made of.</param>
    /// <param name="card">What the model is.</param>
    /// <param name="predictor">Its windows.</param>
    /// <param name="source">What is mapped.</param>
    public static MapIdentity Of(IEnumerable<string> modelFiles, ModelCard card, Predictor predictor, IPixelSource source)
    {
        string transform = source.GeoTransform is { } numbers
            ? string.Join(" ", numbers.ToArray().Select(number => number.ToString("R", CultureInfo.InvariantCulture))) : "none";
        return new MapIdentity(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["the model"] = Digest(modelFiles),
            ["the classes"] = string.Join(", ", card.ClassNames) + "; " + string.Join(" ", card.Palette),
            ["the image"] = Digest(source.Files.SelectMany(WithSideCars)),
            ["the grid"] = $"{source.Width} x {source.Height}, {transform}, {source.Projection}",
            ["--bands"] = string.Join(",", source.Bands.Select(band => band + 1)),
            ["--overlap"] = $"{predictor.Overlap} of {predictor.Window}",
            ["--batch"] = $"{predictor.BatchSize}",
            ["the version of strips"] = "1",
        });
    }

    /// <summary>What differs from another, in words; empty where nothing does.</summary>
    /// <param name="earlier">The other, which was before.</param>
    public IEnumerable<string> Differences(MapIdentity earlier) => Parts.Keys.Union(earlier.Parts.Keys).Order(StringComparer.Ordinal)
        .Select(name => (Name: name, Was: earlier.Parts.GetValueOrDefault(name), Is: Parts.GetValueOrDefault(name)))
        .Where(part => part.Was != part.Is)
        .Select(part => part.Name.StartsWith('-') ? $"{part.Name} was {part.Was} and is {part.Is}" : $"{part.Name} is another");

    private static IEnumerable<string> WithSideCars(string path)
    {
        string header = Path.ChangeExtension(path, ".hdr");
        return [path, .. SideCars.Select(end => path + end).Append(header).Where(side => side != path && File.Exists(side))];
    }

    private static string Digest(IEnumerable<string> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in files)
        {
            using FileStream file = File.OpenRead(path);
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
