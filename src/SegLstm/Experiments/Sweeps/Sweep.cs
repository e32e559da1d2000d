using SegLstm.Experiments.Records;
using SegLstm.Models.LSeg;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;

namespace SegLstm.Experiments.Sweeps;

/// <summary>A sweep's file, resolved into runs that can be made.</summary>
public sealed class Sweep
{
    private const int MostRuns = 10_000;

    private Sweep(string path, SweepRecipe recipe, IReadOnlyList<SweepRun> runs) =>
        (File, Recipe, Runs) = (System.IO.Path.GetFullPath(path), recipe, runs);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>What the file says.</summary>
    public SweepRecipe Recipe { get; }

    /// <summary>The runs, point after point, with all seeds of a point in turn.</summary>
    public IReadOnlyList<SweepRun> Runs { get; }

    /// <summary>The options by which <c>seglstm train</c> finds the scene.</summary>
    public IReadOnlyList<string> SceneArguments => Recipe.SceneArguments(System.IO.Path.GetDirectoryName(File)!);

    /// <summary>Reads a sweep.</summary>
    /// <param name="path">A YAML file of a <see cref="SweepRecipe"/>.</param>
    /// <exception cref="RecordException">The file, the recipe or a run is wrong; all faults are told.</exception>
    /// <exception cref="ArgumentException">There is no such preset or model; the message names the nearest.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Sweep Load(string path)
    {
        SweepRecipe recipe = RecordYaml.Load<SweepRecipe>(path);
        SceneRecipe start = recipe.Base(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        Point[] points = [.. Points(recipe)];
        if ((long)points.Length * recipe.Seeds.Count is > MostRuns and var count)
        {
            throw new RecordException($"{path}: {count} runs: expected at most {MostRuns}.");
        }

        var problems = new List<string>();
        var runs = new List<SweepRun>();
        foreach (Point point in points)
        {
            try
            {
                SceneRecipe varied = RecordYaml.Apply(start, point.Assignments, path);
                if (varied.Classification is null) LSegModels.Check(varied.Model, varied.Words is not null);
                else VilClassifiers.Check(varied.Model);
                runs.AddRange(recipe.Seeds.Select(seed => new SweepRun(SweepNames.Of(point.Parts, seed), point.Values,
                    varied with { Training = varied.Training with { Seed = seed } })));
            }
            catch (RecordException fault)
            {
                problems.AddRange(fault.Problems);
            }
        }

        if (runs.GroupBy(run => run.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            problems.Add($"{path}: the run {twice} is there twice: expected each value and each name once.");
        }

        return problems.Count == 0 ? new Sweep(path, recipe, runs) : throw new RecordException([.. problems.Distinct()]);
    }

    private static IEnumerable<Point> Points(SweepRecipe recipe)
    {
        // One word where it is clear which value is meant.
        string[] paths = [.. recipe.Axes.Select(axis => axis.Path), .. recipe.Draws?.Ranges.Select(range => range.Path) ?? []];
        string Key(string path) => paths.Count(other => SweepNames.Short(other) == SweepNames.Short(path)) > 1
            ? path : SweepNames.Short(path);
        IEnumerable<Point> points = [new Point([], [])];
        foreach (SweepAxis axis in recipe.Axes)
        {
            points = [.. points.SelectMany(point => axis.Values.Select(value =>
                point.With($"{Key(axis.Path)}={value}", (axis.Path, value))))];
        }

        if (recipe.Sets.Count > 0)
        {
            points = [.. points.SelectMany(point => recipe.Sets.Select(set =>
                point.With(set.Name, [.. set.Set.Select(Assignment)])))];
        }

        if (recipe.Draws is not { } draws) return points;
        var seeds = new SeedStreams(draws.Seed);
        return [.. points.SelectMany(point => Enumerable.Range(0, draws.Count).Select(index => point.With(
            $"draw-{index:000}", [.. draws.Ranges.Select(range => (range.Path, range.Value(seeds, index)))])))];
    }

    // A text without an equals sign stays as it is: who applies it says what is wrong with it.
    private static (string Path, string Value) Assignment(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and int sign ? (text[..sign].Trim(), text[(sign + 1)..]) : (text, "");

    private sealed record Point(IReadOnlyList<string> Parts, IReadOnlyList<KeyValuePair<string, string>> Values)
    {
        public IEnumerable<string> Assignments => Values.Select(value => $"{value.Key}={value.Value}");

        public Point With(string part, params (string Path, string Value)[] values) => new(
            [.. Parts, part], [.. Values, .. values.Select(value => KeyValuePair.Create(value.Path, value.Value))]);
    }
}
