using SegLstm.Experiments;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Tables;
using SegLstm.Pretraining;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Experiments.Runs;

namespace SegLstm.Tests.Experiments.Tables;

public sealed class SeedTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Runs_that_differ_in_their_seed_alone_are_one_row_with_mean_and_sample_deviation()
    {
        Write("a", 1e-3, (0, 0.70), (1, 0.72), (2, 0.77));
        Write("b", 2e-3, (0, 0.71), (1, 0.75), (2, 0.79));
        SeedTable table = Table("test_miou", "seconds");
        Assert.Equal(["training.learning_rate"], table.Keys);
        Assert.Equal(["0.001", "0.002"], table.Rows.Select(row => row.Labels.Single()));
        Assert.Equal([3, 3], table.Rows.Select(row => row.Seeds));
        // (0.70 + 0.72 + 0.77) / 3, and sqrt((0.03^2 + 0.01^2 + 0.04^2) / 2).
        SeedCell first = table.Rows[0].Cells[0], second = table.Rows[1].Cells[0];
        Assert.Equal(0.73, first.Mean, 1e-12);
        Assert.Equal(0.0360555127546399, first.Deviation!.Value, 1e-12);
        Assert.True(!first.IsBest && second.IsBest);
        // Differences -0.01, -0.03, -0.02: t = -2 sqrt(3), and 1 - t / sqrt(2 + t^2) for two degrees of freedom.
        Assert.Equal(1 - Math.Sqrt(12 / 14.0), first.PValue!.Value, 1e-9);
        Assert.Null(second.PValue);
        // The same time everywhere: both are best, and nothing varies.
        Assert.All(table.Rows, row => Assert.True(row.Cells[1].IsBest));
    }

    [Fact]
    public void Rows_are_in_the_order_of_numbers_not_of_folders()
    {
        Write("a", 1.6e-2, (0, 0.70));
        Write("b", 2e-3, (0, 0.71));
        Write("c", 1, (0, 0.71));
        Assert.Equal(["0.002", "0.016", "1"], Table("test_miou").Rows.Select(row => row.Labels.Single()));
    }

    [Fact]
    public void Of_a_loss_and_of_a_time_less_is_better()
    {
        Write("a", 1e-3, (0, 0.70));
        Write("b", 2e-3, (0, 0.71));
        Assert.Equal([true, true], Table("loss").Rows.Select(row => row.Cells[0].IsBest));
        Assert.Equal([false, true], Table("test_miou").Rows.Select(row => row.Cells[0].IsBest));
        Assert.False(SeedMetric.Find("seconds").MoreIsBetter);
    }

    [Fact]
    public void Only_seeds_that_both_have_are_paired_and_fewer_than_two_have_no_p()
    {
        Write("a", 1e-3, (0, 0.70), (5, 0.72));
        Write("b", 2e-3, (0, 0.80), (1, 0.81));
        SeedTable table = Table("test_miou");
        Assert.Null(table.Rows[0].Cells[0].PValue);
        Assert.Contains(table.Notes, note => note.StartsWith("No p: fewer than 2 seeds shared", StringComparison.Ordinal));
        Write("a", 1e-3, (1, 0.77));
        Assert.NotNull(Table("test_miou").Rows[0].Cells[0].PValue);
    }

    [Fact]
    public void A_run_without_the_number_is_left_out_and_named()
    {
        Write("a", 1e-3, (0, 0.70), (1, null));
        SeedTable table = Table("test_miou");
        Assert.Equal(1, Assert.Single(table.Rows).Seeds);
        Assert.Null(table.Rows[0].Cells[0].Deviation);
        Assert.Contains(table.Notes, note => note.EndsWith("a-1.", StringComparison.Ordinal));
        Assert.Equal(["model"], table.Keys);
        Assert.DoesNotContain("best", table.Notes[0]);
    }

    [Fact]
    public void A_seed_that_counts_twice_a_metric_that_there_is_not_and_no_number_at_all_are_refused()
    {
        Write("a", 1e-3, (0, 0.70));
        Assert.Contains("None of 1 runs has miou yet", Assert.Throws<ArgumentException>(() => Table("miou")).Message);
        Assert.Contains("Nearest: test_miou", Assert.Throws<ArgumentException>(() => Table("test_mIou")).Message);
        Write("b", 1e-3, (0, 0.70));
        Assert.Contains("a-0 and b-0", Assert.Throws<ArgumentException>(() => Table("test_miou")).Message);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Runs_with_and_without_pretraining_differ_in_its_method_alone()
    {
        var pretraining = new PretrainingRecipe { Views = new() { TileSize = 20, Size = 16 } };
        LoggedRuns.Write(folder.File("fresh"), RunFolders.Recipe, 0.5);
        LoggedRuns.Write(folder.File("glcnet"), RunFolders.Recipe with { Pretraining = pretraining }, 0.6);
        LoggedRuns.Write(folder.File("byol"), RunFolders.Recipe with
        {
            Pretraining = pretraining with { Training = new() { Method = PretrainingMethodKind.Byol } },
        }, 0.7);
        SeedTable table = Table("test_miou");
        Assert.Equal(["pretraining.training.method"], table.Keys);
        Assert.Equal(["byol", "glcnet", "none"], table.Rows.Select(row => row.Labels.Single()));
    }

    [Fact]
    public void What_all_runs_of_a_method_have_alike_is_no_column_and_the_best_is_looked_for_within_a_share_of_labels()
    {
        foreach ((double share, double byol, double glcnet) in new[] { (0.1, 0.5, 0.4), (1.0, 0.6, 0.7) })
        {
            foreach (long seed in new long[] { 0, 1 })
            {
                SceneRecipe With(PretrainingMethodKind method, bool symmetric) => RunFolders.Recipe with
                {
                    LabelFraction = share,
                    Training = RunFolders.Recipe.Training with { Seed = seed },
                    Pretraining = new PretrainingRecipe
                    {
                        Training = new() { Method = method }, Views = new() { TileSize = 20, Size = 16, Symmetric = symmetric },
                    },
                };
                LoggedRuns.Write(folder.File($"byol-{share}-{seed}"), With(PretrainingMethodKind.Byol, true), byol + (seed * 0.01));
                LoggedRuns.Write(folder.File($"glcnet-{share}-{seed}"), With(PretrainingMethodKind.Glcnet, false), glcnet + (seed * 0.02));
            }
        }

        SeedTable table = SeedTable.Within("label_fraction", RunStore.List(folder.Path), ["test_miou"]);
        Assert.Equal(["label_fraction", "pretraining.training.method"], table.Keys);
        Assert.Equal(["0.1, byol", "1, glcnet"], table.Rows.Where(row => row.Cells[0].IsBest).Select(row => string.Join(", ", row.Labels)));
        Assert.Equal([true, false, false, true], table.Rows.Select(row => row.Cells[0].PValue is null));
        Assert.Contains("of each label_fraction", table.Notes[0]);
        Assert.Contains("label_fraction, pretraining.training.method", Assert.Throws<ArgumentException>(
            () => SeedTable.Within("model", RunStore.List(folder.Path), ["test_miou"])).Message);
    }

    [Fact]
    public void Weights_of_classes_that_follow_from_the_drawn_labels_are_no_column()
    {
        SceneRecipe Weighed(double share, double weight) => RunFolders.Recipe with
        {
            LabelFraction = share, Training = RunFolders.Recipe.Training with { ClassWeights = [weight, 1, 1] },
        };
        LoggedRuns.Write(folder.File("few"), Weighed(0.1, 2), 0.5);
        LoggedRuns.Write(folder.File("all"), Weighed(1, 3), 0.6);
        Assert.Equal(["label_fraction"], Table("test_miou").Keys);
        LoggedRuns.Write(folder.File("other"), Weighed(1, 4), 0.6);
        Assert.Contains(Table("test_miou").Keys, key => key.StartsWith("training.class_weights", StringComparison.Ordinal));
    }

    private SeedTable Table(params string[] metrics) => SeedTable.Of(RunStore.List(folder.Path), metrics);

    private void Write(string name, double rate, params (long Seed, double? Score)[] runs)
    {
        SceneRecipe recipe = RunFolders.Recipe;
        foreach ((long seed, double? score) in runs)
        {
            LoggedRuns.Write(folder.File($"{name}-{seed}"),
                recipe with { Training = recipe.Training with { LearningRate = rate, Seed = seed } }, score);
        }
    }
}
