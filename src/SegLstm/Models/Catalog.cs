using System.IO.Enumeration;

namespace SegLstm.Models;

/// <summary>All segmentation models by name.</summary>
public static class Catalog
{
    private static readonly IEnumerable<CatalogEntry>[] Families =
    [
        SegLstm.SegLstmModels.Entries,
        VisionLstm.VisionLstmModels.Entries,
        Vim.VimModels.Entries,
        VMamba.VMambaModels.Entries,
        Samba.SambaModels.Entries,
        ResNet.ResNetModels.Entries,
        Swin.SwinModels.Entries,
        Vit.VitModels.Entries,
    ];

    private static readonly SortedDictionary<string, CatalogEntry> Entries = Collect();

    /// <summary>The entries whose name matches.</summary>
    /// <param name="wildcard">A name with <c>*</c> and <c>?</c>, such as <c>vil*_tiny*</c>, any case; null: all.</param>
    /// <returns>Entries in the order of their names.</returns>
    public static IReadOnlyList<CatalogEntry> List(string? wildcard = null) =>
        [.. Entries.Values.Where(entry => wildcard is null || FileSystemName.MatchesSimpleExpression(wildcard, entry.Name))];

    /// <summary>Makes a model with fresh parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="classes">Classes to tell apart.</param>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="imageSize">Side of the training crop in pixels: sets the grid of the position embedding.</param>
    /// <exception cref="ArgumentException">There is no such model (the message names the nearest), or a number does not fit
    /// it.</exception>
    public static Segmenter Create(string name, int classes, int channels, int imageSize) =>
        Find(name).Create(classes, channels, imageSize);

    /// <summary>Makes the backbone of a model, with fresh parameters.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="imageSize">Side of the images in pixels.</param>
    /// <exception cref="ArgumentException">There is no such model, or a number does not fit it.</exception>
    public static Backbone CreateBackbone(string name, int channels, int imageSize)
    {
        // Entries make models whole; the heads are small beside the backbone.
        Segmenter whole = Create(name, classes: 1, channels, imageSize);
        whole.Head.Dispose();
        whole.Auxiliary?.Dispose();
        return whole.Backbone;
    }

    /// <summary>The entry of a name.</summary>
    /// <exception cref="ArgumentException">There is no such model; the message names the nearest.</exception>
    public static CatalogEntry Find(string name) => Entries.TryGetValue(name, out var entry)
        ? entry
        : throw new ArgumentException(
            $"There is no model '{name}'. Nearest: {string.Join(", ", Nearest(name))}. All: seglstm models.", nameof(name));

    /// <summary>The three names that take the fewest edits to reach; names that contain the word, or that it contains, come
    /// first.</summary>
    internal static IReadOnlyList<string> Nearest(string name) =>
    [
        .. Entries.Keys
            .OrderBy(key => key.Contains(name, StringComparison.OrdinalIgnoreCase)
                || name.Contains(key, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(key => Edits(name.ToLowerInvariant(), key))
            .Take(3),
    ];

    private static SortedDictionary<string, CatalogEntry> Collect()
    {
        var entries = new SortedDictionary<string, CatalogEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Families.SelectMany(family => family))
        {
            entries.Add(entry.Name, entry);
        }

        return entries;
    }

    /// <summary>Levenshtein distance.</summary>
    internal static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
