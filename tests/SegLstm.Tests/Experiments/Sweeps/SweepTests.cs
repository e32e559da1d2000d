using System.Runtime.CompilerServices;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Sweeps;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Experiments.Sweeps;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Axes_sets_and_seeds_are_combined_each_with_each()
    {
        Sweep sweep = Load("""
            preset: olinda
            set: [training.batch_size=8]
            axes:
              - {path: model, values: [seglstm_nano, seglstm_tiny]}
              - {path: training.clip_norm, values: [1, "null"]}
            sets:
              - {name: plain}
              - {name: fast, set: [training.learning_rate=1e-2, overlap=0]}
            seeds: [0, 3]
            """);
        Assert.Equal(16, sweep.Runs.Count);
        Assert.Equal(16, sweep.Runs.Select(run => run.Name).Distinct().Count());
        Assert.Equal("model=seglstm_nano+clip_norm=1+plain/seed-0", sweep.Runs[0].Name);
        SweepRun last = sweep.Runs[^1];
        Assert.Equal("model=seglstm_tiny+clip_norm=null+fast/seed-3", last.Name);
        Assert.Equal(("seglstm_tiny", null, 1e-2, 0, 8, 3L), (last.Recipe.Model, last.Recipe.Training.ClipNorm,
            last.Recipe.Training.LearningRate, last.Recipe.Overlap, last.Recipe.Training.BatchSize, last.Seed));
        Assert.Equal(["model", "training.clip_norm", "training.learning_rate", "overlap"], last.Values.Select(value => value.Key));
    }

    [Fact]
    public void Draws_stay_in_their_ranges_and_more_of_them_leave_the_first_as_they_are()
    {
        const string Ranges = """

              ranges:
                - {path: training.learning_rate, draw: log_uniform, low: 1e-4, high: 1e-1}
                - {path: training.weight_decay, low: 0.25, high: 0.5}
                - {path: training.batch_size, draw: choice, values: [4, 8]}
            """;
        SweepRun[] few = [.. Load("preset: olinda\ndraws:\n  count: 3" + Ranges).Runs];
        SweepRun[] many = [.. Load("preset: olinda\ndraws:\n  count: 200" + Ranges).Runs];
        Assert.Equal(few.Select(run => run.Recipe.Training.LearningRate),
            many.Take(3).Select(run => run.Recipe.Training.LearningRate));
        Assert.Equal("draw-002/seed-0", few[2].Name);
        Assert.All(many, run => Assert.InRange(run.Recipe.Training.WeightDecay, 0.25, 0.5));
        Assert.All(many, run => Assert.InRange(run.Recipe.Training.LearningRate, 1e-4, 1e-1));
        // A third of the draws a decade, within four standard deviations of 200.
        Assert.InRange(many.Count(run => run.Recipe.Training.LearningRate < 1e-3), 40, 94);
        Assert.InRange(many.Count(run => run.Recipe.Training.BatchSize == 4), 71, 129);
        double[] others = [.. Load("preset: olinda\ndraws:\n  seed: 1\n  count: 3" + Ranges).Runs
            .Select(run => run.Recipe.Training.LearningRate)];
        Assert.Empty(others.Intersect(few.Select(run => run.Recipe.Training.LearningRate)));
    }

    [Fact]
    public void A_run_keeps_its_name_when_others_are_added()
    {
        string[] before = Names("preset: olinda\naxes: [{path: overlap, values: [0, 4]}]\nseeds: [1]");
        string[] after = Names("preset: olinda\naxes: [{path: overlap, values: [8, 0, 2, 4]}]\nseeds: [0, 1]");
        Assert.Subset(after.ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public void Names_are_folders_whatever_the_values_are()
    {
        string[] names = Names($"""
            preset: olinda
            axes: [{"{path: training.class_weights, values: ['[1, 2, 3, 4]', '[1, 2, 3,  4]', 'null']}"}]
            sets: [{"{name: ../../up}"}, {"{name: " + new string('x', 300) + "}"}]
            """);
        Assert.Equal(6, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(@"^[A-Za-z0-9=_][A-Za-z0-9._=+-]{0,110}/seed-0\z", name));
        Assert.Equal(["base/seed-0"], Names("preset: olinda"));
    }

    [Fact]
    public void Paths_of_files_are_those_from_the_sweep_s_folder()
    {
        File.WriteAllText(folder.File("mine.yaml"), "model: seglstm_nano\nwindow_size: 24\n");
        Sweep sweep = Load("config: mine.yaml\nimage: a b.tif\nlabels: l.tif\nclasses: x,y\nbalance: true");
        Assert.Equal(24, sweep.Runs.Single().Recipe.WindowSize);
        Assert.Equal(
            ["--image", folder.File("a b.tif"), "--labels", folder.File("l.tif"), "--classes", "x,y", "--balance"],
            sweep.SceneArguments);
    }

    [Theory]
    [InlineData("presets: olinda", "there is no 'presets' (did you mean 'preset'?)", "Preset and Config are missing")]
    [InlineData("preset: olinda\nseeds: []\nimage: a.tif", "sweep.yaml:2: seeds: Seeds is empty", "Image and Labels belong together")]
    [InlineData("preset: olinda\naxes: [{path: training.sed, values: [1]}]",
        "'training.sed=1': there is no 'training.sed' (did you mean 'training.seed'?)")]
    [InlineData("preset: olinda\naxes: [{path: overlap, values: [x, 99]}]",
        "'overlap=x': overlap: expected a whole number", "Overlap is 99")]
    [InlineData("preset: olinda\naxes: [{path: overlap, values: []}]", "Axes has no values for 'overlap'")]
    [InlineData("preset: olinda\naxes: [{path: overlap, values: [1, 1]}]", "overlap=1/seed-0 is there twice")]
    [InlineData("preset: olinda\naxes: [{path: training.seed, values: [1]}]", "expected it as Seeds")]
    [InlineData("preset: olinda\ndraws: {count: 0, ranges: [{path: overlap, low: 3, high: 2}]}",
        "Count is 0", "Low of 'overlap' is 3")]
    [InlineData("preset: olinda\nset: [ovrlap=1]", "'ovrlap=1': there is no 'ovrlap' (did you mean 'overlap'?)")]
    public void What_is_wrong_is_told_all_at_once(string yaml, params string[] told)
    {
        string message = Assert.Throws<RecordException>(() => Load(yaml)).Message;
        Assert.All(told, text => Assert.Contains(text, message));
    }

    [Fact]
    public void The_sweep_of_the_readme_makes_the_six_runs_that_it_says()
    {
        string readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "..", "README.md"));
        string[] sweeps = [.. readme.Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0])];
        Assert.Equal(6, Load(Assert.Single(sweeps)).Runs.Count);
    }

    [Fact]
    public void An_unknown_model_is_told_with_the_nearest() => Assert.Contains("Nearest: seglstm_nano",
        Assert.Throws<ArgumentException>(() => Load("preset: olinda\naxes: [{path: model, values: [seglstm_nanu]}]")).Message);

    public void Dispose() => folder.Dispose();

    private static string Here([CallerFilePath] string path = "") => path;

    private string[] Names(string yaml) => [.. Load(yaml).Runs.Select(run => run.Name)];

    private Sweep Load(string yaml)
    {
        File.WriteAllText(folder.File("sweep.yaml"), yaml);
        return Sweep.Load(folder.File("sweep.yaml"));
    }
}
