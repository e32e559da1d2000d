using SegLstm.Checkpoints;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Runs;

namespace SegLstm.Experiments.Sweeps;

/// <summary>
/// Where a sweep's runs are: a folder each, with the recipe that it was given in <see cref="GivenFile"/>, what it printed in
/// <see cref="LogFile"/>, and what every run's folder has.
/// </summary>
/// <param name="path">The sweep's folder.</param>
/// <param name="sweep">The sweep.</param>
public sealed class SweepFolder(string path, Sweep sweep)
{
    /// <summary>The file of a run that holds what <c>seglstm train</c> is given.</summary>
    public const string GivenFile = "given.yaml";

    /// <summary>The file of a run that holds what it printed.</summary>
    public const string LogFile = "train.log";

    /// <summary>The folder of pretrained encoders, which runs that differ in nothing else before share.</summary>
    internal const string EncodersFolder = "pretrained";

    /// <summary>The absolute path.</summary>
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>The sweep.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The folder of a run.</summary>
    public string Of(SweepRun run) => Path.Combine(Root, run.Name);

    /// <summary>How far a run is.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public SweepState State(SweepRun run)
    {
        if (!RunStore.IsRun(Of(run))) return SweepState.New;
        if (!IsGiven(run)) return SweepState.Other;
        return Summary(run) is { State: RunState.Finished, TestMeanIoU: not null } ? SweepState.Finished : SweepState.CutOff;
    }

    /// <summary>What a run's folder says of it; null where it has not begun.</summary>
    public RunSummary? Summary(SweepRun run) => RunStore.IsRun(Of(run)) ? RunSummary.Read(Of(run), run.Name) : null;

    /// <summary>The arguments by which <c>seglstm</c> makes a run, or goes on with it; its recipe is written for them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="threads">Threads that an operator may use.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Prepare(SweepRun run, int threads)
    {
        string folder = Of(run);
        bool resume = State(run) == SweepState.CutOff;
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, GivenFile), Given(run));
        return
        [
            "train", "--config", Path.Combine(folder, GivenFile), .. sweep.SceneArguments, "--out", folder,
            "--threads", $"{threads}",
            .. run.Recipe.Pretraining is null ? Array.Empty<string>() : ["--pretrained", Path.Combine(Root, EncodersFolder)],
            .. resume ? ["--resume"] : Array.Empty<string>(),
        ];
    }

    // The scene stands in a remark, so that a run of another scene is another run; with paths as the sweep's file has them, so that
    // logs of a claim are its own on every machine.
    private string Remark => $"# seglstm train {string.Join(' ', sweep.Recipe.SceneWords)}\n";

    private string Given(SweepRun run) => Remark + RecordYaml.Write(run.Recipe);

    // Compared as recipes: what a later version adds has its default in the files of an earlier one.
    private bool IsGiven(SweepRun run)
    {
        string file = Path.Combine(Of(run), GivenFile);
        string text = File.Exists(file) ? File.ReadAllText(file) : "";
        if (!text.StartsWith(Remark, StringComparison.Ordinal)) return false;
        try
        {
            return RecordYaml.Write(RecordYaml.Read<SceneRecipe>(text, file)) == RecordYaml.Write(run.Recipe);
        }
        catch (RecordException)
        {
            return false;
        }
    }
}
