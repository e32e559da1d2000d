using SegLstm.Data;
using SegLstm.Data.Classification;
using SegLstm.Experiments.Records;
using SegLstm.Training;

namespace SegLstm.Experiments.Classification;

/// <summary>Where the images of a classification lie, in a form that can be written down.</summary>
public sealed record ImageSource
{
    /// <summary>The file of a run's folder that says where its images are, so that the run can go on.</summary>
    public const string FileName = "images.yaml";

    /// <summary>Data sets of pictures in files: ImageNet-1K, a task of VTAB-1K, folders of classes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["imagenet", "vtab", "folders"];

    /// <summary>One of <see cref="Kinds"/>, or the name of an installed scene.</summary>
    public required string Data { get; init; }

    /// <summary>The folder of pictures; null for a scene.</summary>
    public string? Root { get; init; }

    /// <summary>The task, of VTAB-1K.</summary>
    public string? Task { get; init; }

    /// <summary>Whether it names pictures in files.</summary>
    public bool IsFiles => Kinds.Contains(Data, StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that is wrong with this source, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (IsFiles != Root is not null)
            yield return $"Root is '{Root}' with Data '{Data}': expected a folder for {string.Join(", ", Kinds)}, and none for a scene.";
        if (Data.Equals("vtab", StringComparison.OrdinalIgnoreCase) != Task is not null)
            yield return $"Task is '{Task}' with Data '{Data}': expected a task for vtab, and none for others.";
    }

    /// <summary>The source that a run's folder keeps; null where it keeps none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RecordException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageSource? Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordYaml.Load<ImageSource>(path) : null;
    }

    /// <summary>Keeps the source in a run's folder; the path becomes absolute.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string folder) =>
        RecordYaml.Save(Path.Combine(folder, FileName), this with { Root = Root is null ? null : Path.GetFullPath(Root) });

    /// <summary>Opens the images for a recipe.</summary>
    /// <param name="recipe">Their size, how they are varied, how a scene is split.</param>
    /// <exception cref="ArgumentException">The source contradicts itself; all faults are named.</exception>
    /// <exception cref="KeyNotFoundException">There is no such scene or task.</exception>
    /// <exception cref="IOException">The folder has another layout, or files are missing.</exception>
    public ClassificationData Open(SceneRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        string[] faults = [.. Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        ClassificationRecipe how = recipe.Classification ?? new();
        long seed = new SeedStreams(recipe.Training.Seed)["images"];
        if (!IsFiles)
        {
            Scene scene = SceneCatalog.Load(Data);
            return new SceneTileData(scene, recipe.Split.Blocks(scene.Height, scene.Width), recipe.WindowSize,
                recipe.Training.BatchSize, seed);
        }

        ImageSet set = Data.ToLowerInvariant() switch
        {
            "imagenet" => ImageNetFolders.Open(Root!),
            "vtab" => Vtab.Open(Root!, Vtab.Find(Task!), how.Tuning),
            _ => ImageFolders.Open(Root!),
        };
        return new ImageFileData(set, recipe.WindowSize, how.Fit, how.Augmentation, seed);
    }
}
