using SegLstm.Experiments;
using SegLstm.Experiments.Runs;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Experiments.Runs;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IReadOnlyList<RunSummary> runs;

    public RunComparisonTests()
    {
        SceneRecipe recipe = RunFolders.Recipe;
        RunFolders.Train(folder.File("a"), recipe);
        RunFolders.Train(folder.File("b"), recipe with
        {
            Overlap = 4, Training = recipe.Training with { LearningRate = 1e-3, Seed = 10 },
        });
        RunFolders.Train(folder.File("c"), recipe with { Training = recipe.Training with { BatchSize = 3, Seed = 9 } });
        runs = RunStore.List(folder.Path);
    }

    [Fact]
    public void Two_runs_are_compared_in_what_differs_and_in_what_came_of_it()
    {
        var comparison = new RunComparison([runs[0], runs[1]]);
        Assert.Equal([("overlap", "8", "4"), ("training.learning_rate", "0.002", "0.001"), ("training.seed", "0", "10")],
            comparison.Differences.Select(row => (row.Path, row.Values[0], row.Values[1])).OrderBy(row => row.Path));
        Assert.Equal(["finished", "finished"], comparison.Results.Single(row => row.Name == "state").Values);
        Assert.Equal([runs[0].Value("miou"), runs[1].Value("miou")], comparison.Results.Single(row => row.Name == "miou").Values);
    }

    [Fact]
    public void A_run_differs_in_nothing_from_itself() => Assert.Empty(new RunComparison([runs[0], runs[0]]).Differences);

    [Theory]
    [InlineData("seed=10", "b")]
    [InlineData("training.learning_rate=2e-3", "a c")]
    [InlineData("model=SEGLSTM_*", "a b c")]
    [InlineData("dataset=olinda", "")]
    [InlineData("state=finished", "a b c")]
    [InlineData("overlap = 4", "b")]
    public void A_filter_keeps_the_runs_with_the_value(string condition, string kept) =>
        Assert.Equal(kept, string.Join(' ', RunFilter.Where(runs, condition).Select(run => run.Name)));

    [Theory]
    [InlineData("seed", "a c b")]
    [InlineData("-seed", "b c a")]
    [InlineData("-name", "c b a")]
    [InlineData("training.batch_size", "a b c")]
    [InlineData("test_miou", "a b c")]
    public void The_order_is_that_of_numbers_where_values_are_numbers(string key, string order) =>
        Assert.Equal(order, string.Join(' ', RunFilter.OrderBy(runs, key).Select(run => run.Name)));

    [Theory]
    [InlineData("training.sed=1", "Nearest: training.seed")]
    [InlineData("batch_size=1", "Nearest: training.batch_size")]
    [InlineData("seed", "expected key=value")]
    public void A_filter_that_means_nothing_is_refused(string condition, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => RunFilter.Where(runs, condition)).Message);

    public void Dispose() => folder.Dispose();
}
