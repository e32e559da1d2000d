using SegLstm.Experiments;
using SegLstm.Experiments.Runs;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_is_listed_with_what_its_folder_says()
    {
        RunFolders.Train(folder.File("deep/first"), RunFolders.Recipe);
        using (var run = new RunFolder(folder.File("empty"))) run.Append(new { Kind = "step", Iteration = 0 });
        RunSummary summary = Assert.Single(RunStore.List(folder.Path));
        Assert.Equal(("deep/first", "seglstm_nano", "stripes", 0L, 3, 3, RunState.Finished), (summary.Name, summary.Model,
            summary.Dataset, summary.Seed, summary.Iterations, summary.Done, summary.State));
        Assert.Equal(ModelCheckpoint.ReadCard(folder.File("deep/first/best.safetensors")).ValidationMeanIoU, summary.BestMeanIoU);
        Assert.NotNull(summary.Loss);
        Assert.True(summary.Elapsed > TimeSpan.Zero);
        Assert.StartsWith($"{DateTime.UtcNow.Year}-", summary.Started);
        Assert.Null(summary.TestMeanIoU);
        Assert.Equal(("0.002", "8", "12"), (summary.Value("training.learning_rate"), summary.Value("overlap"),
            summary.Value("split.block_size")));
    }

    [Fact]
    public void The_paths_are_those_of_overrides_and_each_value_is_there_once()
    {
        RunFolders.Train(folder.File("a"), RunFolders.Recipe);
        RunSummary run = RunStore.List(folder.File("a")).Single();
        Assert.Contains("model", run.Configuration.Keys);
        Assert.DoesNotContain("model.model", run.Configuration.Keys);
        Assert.DoesNotContain("model.split.block_size", run.Configuration.Keys);
    }

    [Fact]
    public void A_run_without_a_recipe_file_is_listed_from_its_configuration()
    {
        RunFolders.Train(folder.File("a"), RunFolders.Recipe, keepRecipe: false);
        RunSummary run = RunStore.List(folder.Path).Single();
        Assert.Equal(("seglstm_nano", "stripes", "0.002"), (run.Model, run.Dataset, run.Value("training.learning_rate")));
    }

    [Fact]
    public void A_run_that_was_killed_while_it_wrote_a_line_died_and_its_other_lines_count()
    {
        RunFolders.Train(folder.File("a"), RunFolders.Recipe);
        string metrics = folder.File("a/metrics.jsonl");
        string[] lines = File.ReadAllLines(metrics);
        File.WriteAllText(metrics, string.Join('\n', lines[..2]) + "\n" + lines[2][..20]);
        RunSummary run = RunStore.List(folder.Path).Single();
        Assert.Equal((RunState.Died, 2), (run.State, run.Done));
    }

    [Fact]
    public void How_a_run_ended_is_told_and_while_it_is_written_it_runs_and_cannot_be_deleted()
    {
        SceneRecipe recipe = RunFolders.Recipe;
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => RunFolders.Train(
            folder.File("stopped"), recipe, observer: new AtStep(() => stop.Cancel()), stop: stop.Token));
        Assert.Throws<InvalidOperationException>(() => RunFolders.Train(folder.File("failed"), recipe,
            observer: new AtStep(() => throw new InvalidOperationException("the disc fell off\nand away"))));
        var during = new List<RunSummary>();
        string? refusal = null;
        RunFolders.Train(folder.File("finished"), recipe, observer: new AtStep(() =>
        {
            during.Add(RunStore.List(folder.File("finished")).Single());
            refusal = RunStore.Refusal(folder.File("finished"));
        }));
        Assert.All(during, run => Assert.Equal(RunState.Running, run.State));
        Assert.Contains($"it is being written by process {Environment.ProcessId} on ", refusal);
        Assert.Null(RunStore.Refusal(folder.File("finished")));
        Assert.Equal(
            [
                ("failed", RunState.Failed, "the disc fell off"), ("finished", RunState.Finished, ""),
                ("stopped", RunState.Stopped, "cancelled before iteration 1"),
            ],
            RunStore.List(folder.Path).Select(run => (run.Name, run.State, run.Reason)));
    }

    [Theory]
    [InlineData("config.json", "{\"model\":")]
    [InlineData("metrics.jsonl", "{\"kind\": \"step\"}\nrubbish\n{}")]
    [InlineData("environment.json", "")]
    [InlineData("recipe.yaml", "model: !!code a")]
    public void A_damaged_file_is_told_and_the_other_runs_are_listed(string file, string text)
    {
        RunFolders.Train(folder.File("a"), RunFolders.Recipe);
        RunFolders.Train(folder.File("b"), RunFolders.Recipe);
        File.WriteAllText(folder.File($"a/{file}"), text);
        IReadOnlyList<RunSummary> runs = RunStore.List(folder.Path);
        Assert.Equal([RunState.Damaged, RunState.Finished], runs.Select(run => run.State));
        Assert.NotEmpty(runs[0].Damage);
    }

    [Fact]
    public void Only_a_run_is_deleted_and_only_that()
    {
        RunFolders.Train(folder.File("runs/a"), RunFolders.Recipe);
        RunFolders.Train(folder.File("runs/b"), RunFolders.Recipe);
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("runs/b"));
        File.WriteAllText(folder.File("runs/mine.txt"), "mine");
        Assert.Contains("it is no run", Refused("runs"));
        Assert.Contains("there is no such folder", Refused("runs/c"));
        Assert.Contains("it is a link", Refused("link"));
        RunStore.Delete(folder.File("runs/a"));
        Assert.Equal(["b"], RunStore.List(folder.File("runs")).Select(run => run.Name));
        Assert.Equal("mine", File.ReadAllText(folder.File("runs/mine.txt")));

        File.Copy(folder.File("runs/b/config.json"), folder.File("runs/config.json"));
        File.WriteAllText(folder.File("runs/metrics.jsonl"), "");
        Assert.Contains("other runs are in it", Refused("runs"));
        Assert.True(RunStore.IsRun(folder.File("runs/b")));

        string Refused(string name) =>
            Assert.Throws<InvalidOperationException>(() => RunStore.Delete(folder.File(name))).Message;
    }

    public void Dispose() => folder.Dispose();

    private sealed class AtStep(Action act) : ITrainingObserver
    {
        public void Stepped(StepReport step) => act();
    }
}
