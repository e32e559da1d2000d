namespace SegLstm.Data.Classification;

/// <summary>
/// Walks folders of pictures. A wrong folder ends it at once; of files and lines, everything that is wrong is collected, so that it
/// can be told together.
/// </summary>
internal sealed class ImageSetScan
{
    private const int Told = 5;

    private static readonly HashSet<string> Endings =
        new([".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"], StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _faults = [];
    private readonly string _remedy;

    /// <summary>Begins at a folder.</summary>
    /// <param name="root">The folder that a user names.</param>
    /// <param name="remedy">The layout that is expected, and where the data set is to be had.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal ImageSetScan(string root, string remedy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        (Root, _remedy) = (Path.GetFullPath(root), remedy);
        if (!Directory.Exists(Root)) throw new DirectoryNotFoundException($"There is no folder '{root}'. {remedy}");
    }

    internal string Root { get; }

    /// <summary>The first of several folders below the root that is there; null where none is.</summary>
    internal string? Folder(params string[] names) =>
        names.Select(name => Path.Combine(Root, name)).FirstOrDefault(Directory.Exists);

    /// <summary>The error of a root without the folders that are expected.</summary>
    internal DirectoryNotFoundException Missing(string what) =>
        new($"'{Root}' has no {what}; it holds {FolderContents.Words(Root)}. {_remedy}");

    /// <summary>Remembers what is wrong, a sentence.</summary>
    internal void Fault(string sentence) => _faults.Add(sentence);

    /// <summary>The names of the class folders of a folder, in ordinal order: their places are the labels.</summary>
    internal static IReadOnlyList<string> Classes(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.')
            .Order(StringComparer.Ordinal)];

    /// <summary>The pictures directly in a folder, in ordinal order of their names.</summary>
    internal static IReadOnlyList<string> Pictures(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(path => Endings.Contains(Path.GetExtension(path)) && Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal)];

    /// <summary>The pictures of a folder of class folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="classes">The classes in label order.</param>
    internal IReadOnlyList<LabelledImage> Labelled(string folder, IReadOnlyList<string> classes)
    {
        Dictionary<string, int> labels = classes.Select((name, label) => (name, label)).ToDictionary(one => one.name, one => one.label);
        var found = new List<LabelledImage>();
        foreach (string name in Classes(folder))
        {
            string path = Path.Combine(folder, name);
            if (!labels.TryGetValue(name, out int label))
            {
                Fault($"'{path}' is a class that no training folder has.");
                continue;
            }

            IReadOnlyList<string> pictures = Pictures(path);
            if (pictures.Count == 0) Fault($"'{path}' has no pictures ({string.Join(", ", Endings)}).");
            found.AddRange(pictures.Select(picture => new LabelledImage(picture, label)));
        }

        return found;
    }

    /// <summary>The set, where nothing is wrong with it.</summary>
    /// <exception cref="FileNotFoundException">Something is missing; the first of it is named.</exception>
    internal ImageSet Complete(
        string name, IReadOnlyList<string> classes, params (Split Split, IReadOnlyList<LabelledImage> Images)[] parts)
    {
        if (_faults.Count > 0)
        {
            string more = _faults.Count > Told ? $" And {_faults.Count - Told} more." : "";
            throw new FileNotFoundException($"{name} in '{Root}' is not whole. {string.Join(" ", _faults.Take(Told))}{more} {_remedy}");
        }

        return new ImageSet(
            name, Root, classes, parts.Where(part => part.Images.Count > 0).ToDictionary(part => part.Split, part => part.Images));
    }
}
