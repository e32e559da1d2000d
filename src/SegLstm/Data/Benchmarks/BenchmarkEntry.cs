namespace SegLstm.Data.Benchmarks;

/// <summary>What is known of a data set of many images: where it is to be had, how it lies on the disk, what was published of it.</summary>
public sealed record BenchmarkEntry
{
    private readonly Func<string, CollectionOptions, RasterCollection> _scanner;

    internal BenchmarkEntry(Func<string, CollectionOptions, RasterCollection> scanner) => _scanner = scanner;

    /// <summary>The name that commands take.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public required string Terms { get; init; }

    /// <summary>The folders and file names that are read.</summary>
    public required string Layout { get; init; }

    /// <summary>The official place.</summary>
    public required string Place { get; init; }

    /// <summary>What a user has to do there, where a program cannot get the files.</summary>
    public string Request { get; init; } = "";

    /// <summary>The files of that place that are unpacked into one folder.</summary>
    public IReadOnlyList<BenchmarkArchive> Archives { get; init; } = [];

    /// <summary>Images of each split as published; splits that were not published have none.</summary>
    public IReadOnlyDictionary<Split, int> Published { get; init; } = new Dictionary<Split, int>();

    /// <summary>What has to be known about these counts; empty where they are plain.</summary>
    public string CountsNote { get; init; } = "";

    /// <summary>Rows and columns of every image as published; null where they differ.</summary>
    public (int Height, int Width)? ImageSize { get; init; }

    /// <summary>The options of <see cref="CollectionOptions"/> that it has a meaning for, by name.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Opens the data set.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="ArgumentException">It has no such choice as an option makes.</exception>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">Files are missing.</exception>
    public RasterCollection Open(string root, CollectionOptions? options = null) => Scan(root, options ?? new()).Complete();

    /// <summary>As <see cref="Open"/>, but missing files are only listed.</summary>
    internal RasterCollection Scan(string root, CollectionOptions options)
    {
        var plain = new CollectionOptions();
        (string Name, bool IsGiven)[] given =
        [
            (nameof(options.Domain), options.Domain != plain.Domain), (nameof(options.ErodedBorders), options.ErodedBorders),
            (nameof(options.Order), options.Order != plain.Order), (nameof(options.Images), options.Images != plain.Images),
            (nameof(options.Folders), options.Folders is not null),
        ];
        if (given.FirstOrDefault(one => one.IsGiven && !Choices.Contains(one.Name)) is { Name: { } wrong })
            throw new ArgumentException($"{Name} has no choice of {wrong}: expected "
                + $"{(Choices.Count == 0 ? "none" : string.Join(", ", Choices))}.");
        return _scanner(root, options);
    }
}
