using SegLstm.Data.Benchmarks;
using SegLstm.Experiments.Records;

namespace SegLstm.Experiments;

/// <summary>Where the collection of a run lies and how it is read, in a form that can be written down.</summary>
public sealed record CollectionSource
{
    /// <summary>The file of a run's folder that says where its collection is, so that the run can go on.</summary>
    public const string FileName = "collection.yaml";

    /// <summary>Name in <see cref="BenchmarkCatalog"/>.</summary>
    public required string Collection { get; init; }

    /// <summary>Its folder.</summary>
    public required string Root { get; init; }

    /// <summary>How it is read.</summary>
    public CollectionOptions Options { get; init; } = new();

    /// <summary>The source that a run's folder keeps; null where it keeps none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RecordException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CollectionSource? Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordYaml.Load<CollectionSource>(path) : null;
    }

    /// <summary>Keeps the source in a run's folder; the path becomes absolute.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string folder) => RecordYaml.Save(Path.Combine(folder, FileName), this with { Root = Path.GetFullPath(Root) });

    /// <summary>Opens the collection.</summary>
    /// <exception cref="KeyNotFoundException">There is no such collection.</exception>
    /// <exception cref="ArgumentException">It has no such choice as an option makes.</exception>
    /// <exception cref="IOException">The folder has another layout, or files are missing.</exception>
    public RasterCollection Open() => BenchmarkCatalog.Find(Collection).Open(Root, Options);
}
