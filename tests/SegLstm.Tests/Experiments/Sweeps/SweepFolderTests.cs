using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Sweeps;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Experiments.Runs;

namespace SegLstm.Tests.Experiments.Sweeps;

public sealed class SweepFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_is_new_then_cut_off_then_finished_and_goes_on_where_it_was_cut_off()
    {
        SweepFolder runs = Open("preset: olinda\ndata: statlog\nbalance: true");
        SweepRun run = runs.Sweep.Runs.Single();
        Assert.Equal(SweepState.New, runs.State(run));
        Assert.Null(runs.Summary(run));
        string[] first = [.. runs.Prepare(run, threads: 3)];
        Assert.Equal(["--data", "statlog", "--balance", "--out", runs.Of(run), "--threads", "3"], first[3..]);
        Assert.Equal(run.Recipe.Model, RecordYaml.Load<SceneRecipe>(first[2]).Model);
        Assert.Equal(SweepState.New, runs.State(run));
        LoggedRuns.Write(runs.Of(run), run.Recipe, testMeanIoU: null);
        Assert.Equal(SweepState.CutOff, runs.State(run));
        Assert.Equal([.. first, "--resume"], runs.Prepare(run, 3));
        LoggedRuns.Write(runs.Of(run), run.Recipe, 0.5);
        Assert.Equal(SweepState.Finished, runs.State(run));
    }

    // Else results of an older sweep would stand in the table of the new one.
    [Theory]
    [InlineData("preset: olinda\ndata: statlog\nset: [training.batch_size=4]")]
    [InlineData("preset: olinda\ndata: globe")]
    [InlineData("preset: olinda\ndata: statlog\nbalance: true")]
    public void A_run_that_was_told_something_else_is_another(string yaml)
    {
        SweepFolder before = Open("preset: olinda\ndata: statlog");
        before.Prepare(before.Sweep.Runs.Single(), 1);
        LoggedRuns.Write(before.Of(before.Sweep.Runs.Single()), before.Sweep.Runs.Single().Recipe, 0.5);
        Assert.Equal(SweepState.Finished, before.State(before.Sweep.Runs.Single()));
        SweepFolder after = Open(yaml);
        Assert.Equal(SweepState.Other, after.State(after.Sweep.Runs.Single()));
    }

    // Logs of a claim are its own on every machine, wherever its data lie.
    [Fact]
    public void A_run_of_the_same_file_in_another_place_is_the_same()
    {
        SweepFolder runs = Open("preset: olinda\ncollection: dubai\nroot: tiles");
        SweepRun run = runs.Sweep.Runs.Single();
        string[] words = [.. runs.Prepare(run, threads: 1)];
        Assert.Equal(["--collection", "dubai", "--root", folder.File("tiles")], words[3..7]);
        LoggedRuns.Write(runs.Of(run), run.Recipe, 0.5);
        Directory.CreateDirectory(folder.File("elsewhere"));
        File.Copy(folder.File("sweep.yaml"), folder.File("elsewhere/sweep.yaml"));
        var moved = new SweepFolder(folder.File("runs"), Sweep.Load(folder.File("elsewhere/sweep.yaml")));
        Assert.Equal(SweepState.Finished, moved.State(moved.Sweep.Runs.Single()));
        Assert.DoesNotContain(folder.File(""), File.ReadAllText(Path.Combine(runs.Of(run), SweepFolder.GivenFile)));
    }

    [Fact]
    public async Task Nothing_is_begun_where_a_folder_holds_a_run_of_somebody_else()
    {
        SweepFolder runs = Open("preset: olinda\ndata: statlog\nseeds: [0, 1]");
        LoggedRuns.Write(runs.Of(runs.Sweep.Runs[1]), runs.Sweep.Runs[1].Recipe, 0.5);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new SweepRunner(runs, ["false"]).Run(runs.Sweep.Runs, jobs: 2, threads: 1));
        Assert.Contains(runs.Of(runs.Sweep.Runs[1]), refusal.Message);
        Assert.False(Directory.Exists(runs.Of(runs.Sweep.Runs[0])));
    }

    // What the process prints is the fault's text, and other runs are made all the same.
    [Fact]
    public async Task A_process_that_ends_without_a_test_has_failed_and_the_next_one_starts()
    {
        SweepFolder runs = Open("preset: olinda\ndata: statlog\nseeds: [0, 1, 2]");
        File.WriteAllText(folder.File("fails"), "echo told $1 >&2; exit 7\n");
        var told = new List<string>();
        IReadOnlyList<SweepResult> results = await new SweepRunner(runs, ["bash", folder.File("fails")])
            .Run(runs.Sweep.Runs, jobs: 2, threads: 1, ended: result => told.Add(result.Run.Name));
        Assert.All(results, result => Assert.Equal(SweepOutcome.Failed, result.Outcome));
        Assert.All(results, result => Assert.Equal("exit code 7: told train", result.Fault));
        Assert.Equal(runs.Sweep.Runs, results.Select(result => result.Run));
        Assert.Equal(runs.Sweep.Runs.Select(run => run.Name).Order(), told.Order());
    }

    public void Dispose() => folder.Dispose();

    private SweepFolder Open(string yaml)
    {
        File.WriteAllText(folder.File("sweep.yaml"), yaml);
        return new SweepFolder(folder.File("runs"), Sweep.Load(folder.File("sweep.yaml")));
    }
}
