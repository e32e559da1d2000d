using SegLstm.Experiments.Presets;
using SegLstm.Experiments.Records;

namespace SegLstm.Experiments.Sweeps;

/// <summary>
/// A file that says which runs to make: a recipe, what to vary of it, and with which seeds. Each run is one point of
/// <see cref="Axes"/> x <see cref="Sets"/> x <see cref="Draws"/> x <see cref="Seeds"/>; those that are empty count as one.
/// </summary>
/// <remarks>
/// Values are written as after <c>--set</c>, in YAML; lists and null stand in quotes: <c>["[1, 2]", "null"]</c>.
/// </remarks>
public sealed record SweepRecipe
{
    /// <summary>The preset that is varied; null where <see cref="Config"/> has it all.</summary>
    public string? Preset { get; init; }

    /// <summary>A recipe in YAML, over the preset where both are given; relative to the sweep's file.</summary>
    public string? Config { get; init; }

    /// <summary>An installed scene (<c>--data</c> of <c>seglstm train</c>); null: olinda, or <see cref="Image"/>.</summary>
    public string? Data { get; init; }

    /// <summary>A raster of your own (<c>--image</c>); relative to the sweep's file.</summary>
    public string? Image { get; init; }

    /// <summary>Its classes (<c>--labels</c>); relative to the sweep's file.</summary>
    public string? Labels { get; init; }

    /// <summary>Their names (<c>--classes</c>), with commas between.</summary>
    public string? Classes { get; init; }

    /// <summary>A collection of images (<c>--collection</c>) in place of a scene.</summary>
    public string? Collection { get; init; }

    /// <summary>Its folder (<c>--root</c>); relative to the sweep's file.</summary>
    public string? Root { get; init; }

    /// <summary>Whether rare classes weigh more in the loss (<c>--balance</c>).</summary>
    public bool Balance { get; init; }

    /// <summary>Assignments that all runs have, such as <c>training.batch_size=8</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Values that are combined, each with each.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; init; } = [];

    /// <summary>Assignments that belong together, one run each.</summary>
    public IReadOnlyList<SweepSet> Sets { get; init; } = [];

    /// <summary>Values that are drawn; null draws none.</summary>
    public SweepDraws? Draws { get; init; }

    /// <summary>Root seeds; every point runs once with each, so that points can be compared seed by seed.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>Everything that is wrong with the sweep itself, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Preset is null && Config is null) yield return "Preset and Config are missing: expected one of them, or both.";
        if (Data is not null && Image is not null) yield return "Data and Image exclude each other: expected one of them.";
        if (Image is null != Labels is null) yield return "Image and Labels belong together: expected both or none.";
        if (Collection is null != Root is null) yield return "Collection and Root belong together: expected both or none.";
        if (Collection is not null && (Data ?? Image) is not null) yield return "Collection excludes Data and Image: expected one of them.";
        if (Seeds.Count == 0) yield return "Seeds is empty: expected at least one, such as [0, 1, 2].";
        if (Seeds.Distinct().Count() < Seeds.Count) yield return "Seeds has a seed twice: expected each once.";
        foreach (SweepAxis axis in Axes.Where(axis => axis.Values.Count == 0))
        {
            yield return $"Axes has no values for '{axis.Path}': expected at least one.";
        }

        string[] paths = [.. Axes.Select(axis => axis.Path), .. Draws?.Ranges.Select(range => range.Path) ?? []];
        if (paths.GroupBy(path => path).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            yield return $"Axes and Draws vary '{twice}' twice: expected each path once.";
        }
        if (paths.Contains("training.seed")) yield return "Axes or Draws vary 'training.seed': expected it as Seeds.";
    }

    /// <summary>The options by which <c>seglstm train</c> finds the scene.</summary>
    /// <param name="folder">The folder of the sweep's file.</param>
    public IReadOnlyList<string> SceneArguments(string folder) => Options(path => Path.GetFullPath(path, folder));

    /// <summary>The same with paths as the file has them, so that they are alike wherever the file lies.</summary>
    internal IReadOnlyList<string> SceneWords => Options(path => path);

    private string[] Options(Func<string, string> place) =>
    [
        .. Option("--data", Data), .. Option("--image", Image, place), .. Option("--labels", Labels, place),
        .. Option("--classes", Classes), .. Option("--collection", Collection), .. Option("--root", Root, place), .. Balance
            ? ["--balance"] : Array.Empty<string>(),
    ];

    /// <summary>The recipe that is varied.</summary>
    /// <param name="folder">The folder of the sweep's file.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="RecordException">Something is wrong with the recipe, or with <see cref="Set"/>.</exception>
    /// <exception cref="IOException">The recipe's file cannot be read.</exception>
    internal SceneRecipe Base(string folder)
    {
        SceneRecipe? start = Preset is { } name ? PresetCatalog.Find<SceneRecipe>(name).Recipe : null;
        return At(folder, Config) is { } file
            ? RecordYaml.Load(file, start, Set)
            : RecordYaml.Apply(start!, Set, $"the preset {Preset}");
    }

    private static string? At(string folder, string? path) => path is null ? null : Path.GetFullPath(path, folder);

    private static string[] Option(string name, string? value, Func<string, string>? place = null) =>
        value is null ? [] : [name, place is null ? value : place(value)];
}
