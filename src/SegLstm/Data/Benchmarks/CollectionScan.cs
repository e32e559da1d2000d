namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Walks a layout on the disk and pairs images with labels. A wrong folder ends it at once; of files, everything that is missing
/// is collected, so that it can be told together.
/// </summary>
internal sealed class CollectionScan
{
    private readonly List<CollectionItem> _items = [];
    private readonly List<string> _faults = [];
    private readonly string _remedy;

    /// <summary>Begins at a folder.</summary>
    /// <param name="root">The folder that a user names.</param>
    /// <param name="remedy">The layout that is expected, and where the data set is to be had.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal CollectionScan(string root, string remedy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        (Root, _remedy) = (Path.GetFullPath(root), remedy);
        if (!Directory.Exists(Root)) throw new DirectoryNotFoundException($"There is no folder '{root}'. {remedy}");
    }

    internal string Root { get; }

    /// <summary>The images with their labels, in the order they were paired.</summary>
    internal IReadOnlyList<CollectionItem> Items => _items;

    /// <summary>What is missing, a sentence each.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether the root has a folder.</summary>
    internal bool Has(string name) => Directory.Exists(Path.Combine(Root, name));

    /// <summary>The path of the first of several folders that is there.</summary>
    /// <exception cref="DirectoryNotFoundException">None is; the message says what is there in their place.</exception>
    internal string Folder(params string[] names)
    {
        if (names.FirstOrDefault(Has) is { } found) return Path.Combine(Root, found);
        string? below = Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal)
            .FirstOrDefault(child => names.Any(name => Directory.Exists(Path.Combine(child, name))));
        throw new DirectoryNotFoundException(
            $"'{Root}' has none of the folders {string.Join(", ", names)}; it holds {FolderContents.Words(Root)}."
            + $"{(below is null ? "" : $" Did you mean '{below}'?")} {_remedy}");
    }

    /// <summary>
    /// Pairs the files of a folder of images with those of folders of labels, by the part of their names before an ending.
    /// </summary>
    /// <param name="images">The folder of images.</param>
    /// <param name="imageEndings">Endings of image files.</param>
    /// <param name="labels">Folders that may have the labels; empty where the data set has none for these images.</param>
    /// <param name="labelEndings">Endings of label files.</param>
    /// <param name="place">
    /// From the part before the ending: the item's name, and its split or null where the published splits leave it out; null for a
    /// name that the data set does not have.
    /// </param>
    /// <param name="domain">The domain of all of them.</param>
    internal void Pair(
        string images, string[] imageEndings, string[] labels, string[] labelEndings, Func<string, (string Name, Split? Split)?> place,
        string domain = "")
    {
        var pictures = Files(images, imageEndings);
        if (pictures.Count == 0) _faults.Add($"'{images}' has no images: expected files *{string.Join(", *", imageEndings)}.");
        foreach ((string stem, string image) in pictures)
        {
            if (place(stem) is not { } found)
            {
                _faults.Add($"'{image}' is no image of this data set: its name is none of those that are published.");
                continue;
            }

            if (found.Split is not { } split) continue;
            string[] candidates = [.. labels.SelectMany(folder => labelEndings.Select(ending => Path.Combine(folder, stem + ending)))];
            string? label = candidates.FirstOrDefault(File.Exists);
            if (label is null && labels.Length > 0) _faults.Add($"'{image}' has no labels: expected {string.Join(" or ", candidates)}.");
            _items.Add(new CollectionItem(found.Name, image, label, split, domain));
        }

        foreach ((string stem, string label) in labels.Where(Directory.Exists).SelectMany(folder => Files(folder, labelEndings)))
        {
            if (!pictures.ContainsKey(stem) && place(stem) is { Split: not null })
                _faults.Add($"'{label}' has no image: expected {Path.Combine(images, stem + imageEndings[0])}.");
        }
    }

    private static SortedDictionary<string, string> Files(string folder, string[] endings)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return found;
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string name = Path.GetFileName(path);
            // Names that begin with a dot are what other systems leave behind when they unpack.
            if (name[0] != '.' && endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending)
                found[name[..^ending.Length]] = path;
        }

        return found;
    }
}
