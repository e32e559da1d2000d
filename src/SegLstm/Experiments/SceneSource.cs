using SegLstm.Experiments.Records;

namespace SegLstm.Experiments;

/// <summary>Where the scene of a run is found: an installed one by name, or rasters of the user's own.</summary>
public sealed record SceneSource
{
    /// <summary>The file of a run's folder that says where its scene is, so that the run can go on.</summary>
    public const string FileName = "scene.yaml";

    /// <summary>Name in <see cref="Data.SceneCatalog"/>; null where <see cref="Image"/> is given.</summary>
    public string? Data { get; init; }

    /// <summary>Path of a raster; null where <see cref="Data"/> is given.</summary>
    public string? Image { get; init; }

    /// <summary>Path of its classes: a one-band raster of the same size.</summary>
    public string? Labels { get; init; }

    /// <summary>Names of those classes, with commas between; null where the labels hold them.</summary>
    public string? Classes { get; init; }

    /// <summary>What to call it before it is read.</summary>
    public string Name => Data ?? Path.GetFileNameWithoutExtension(Image) ?? "";

    /// <summary>Everything that is wrong with this source, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Data is null == Image is null) yield return "Data and Image: expected one of them, got both or none.";
        if (Image is null != Labels is null) yield return "Image and Labels belong together: expected both or none.";
    }

    /// <summary>The source that a run's folder keeps; null where it keeps none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RecordException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SceneSource? Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordYaml.Load<SceneSource>(path) : null;
    }

    /// <summary>Keeps the source in a run's folder; paths become absolute.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string folder) => RecordYaml.Save(Path.Combine(folder, FileName),
        this with { Image = Absolute(Image), Labels = Absolute(Labels) });

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);
}
