namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm presets`, `train` from a preset or a file, and `runs`, as a user types them.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void A_run_from_a_preset_is_listed_repeated_from_its_own_file_compared_and_deleted()
    {
        SeglstmProcess first = Seglstm(
            "train", "--preset", "olinda", "--data", "statlog", "--out", "runs/first", "--set", "split.block_size=16",
            "--set", "training.schedule.iterations=2", "--set", "training.schedule.warmup_iterations=1", "--set", "label_fraction=0.5");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Matches(@"learns from \d+ of \d+ labelled pixels \([\d.]+ %\) in \d+ of \d+ blocks: ", first.Output);
        string recipe = File.ReadAllText(At("runs/first/recipe.yaml"));
        Assert.Contains(recipe, first.Output);
        Assert.Contains("  block_size: 16\n", recipe);
        Assert.Contains("\nlabel_fraction: 0.5\n", recipe);
        Assert.Contains("    iterations: 2\n", recipe);
        Assert.Contains("  learning_rate: 0.004\n", recipe);

        SeglstmProcess second = Seglstm("train", "--config", "runs/first/recipe.yaml", "--data", "statlog",
            "--out", "runs/second", "--set", "training.seed=7", "--tensorboard");
        Assert.True(second.ExitCode == 0, second.Error);
        string seed = "  seed: 0\n";
        Assert.EndsWith(seed, recipe);
        Assert.Equal(recipe[..^seed.Length] + "  seed: 7\n", File.ReadAllText(At("runs/second/recipe.yaml")));

        string list = Seglstm("runs", "--sort", "-seed").Output;
        Assert.Matches(@"second +\| seglstm_nano +\| statlog +\| +7 \| +2 \| finished \| +[\d.]+ \| +[\d.]+ \| ", list);
        Assert.True(list.IndexOf("second", StringComparison.Ordinal) < list.IndexOf("first", StringComparison.Ordinal), list);
        Assert.Contains("2 runs in runs", list);
        string some = Seglstm("runs", "--filter", "training.seed=7", "--filter", "model=seglstm*").Output;
        Assert.Contains("second", some);
        Assert.DoesNotContain("first", some);
        Assert.Contains("1 of 2 runs in runs", some);

        SeglstmProcess compared = Seglstm("runs", "compare", "first", "runs/second");
        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Matches(@"training\.seed +\| +0 \| +7 \|", compared.Output);
        Assert.Matches(@"test_miou +\| +[\d.]+ \| +[\d.]+ \|", compared.Output);
        Assert.DoesNotContain("window_size", compared.Output);

        SeglstmProcess events = Seglstm("runs", "tensorboard", "--out", "board", "--filter", "training.seed=7");
        Assert.Contains("wrote 1 of 1 runs into board: tensorboard --logdir board", events.Output);
        byte[] board = File.ReadAllBytes(At("board/second/events.out.tfevents.0.seglstm"));
        Assert.True(board.Length > 300);
        Assert.Equal(board, File.ReadAllBytes(Assert.Single(Directory.GetFiles(At("runs/second"), "events.out.tfevents.*"))));
        Assert.False(Directory.Exists(At("board/first")));

        Assert.Contains("nobody is there to ask", Seglstm("runs", "delete", "first").FailureLine());
        Assert.True(Directory.Exists(At("runs/first")));
        Assert.Contains("it is no run", Seglstm("runs", "delete", "first", "runs", "--yes").FailureLine());
        Assert.True(Directory.Exists(At("runs/first")));
        SeglstmProcess deleted = Seglstm("runs", "delete", "first", "--yes");
        Assert.True(deleted.ExitCode == 0, deleted.Error);
        Assert.Contains("deleted 1 run", deleted.Output);
        Assert.Contains("first: finished, 9 files, ", deleted.Output);
        Assert.Equal([At("runs/second")], Directory.GetDirectories(At("runs")));
    }

    [Fact]
    public void A_preset_is_shown_as_a_recipe_that_train_takes()
    {
        string list = Seglstm("presets").Output;
        Assert.Matches(@"seglstm-loveda +\| .* \| +15,000 iterations \| .* weeks .* \| unverified", list);
        Assert.Matches(@"spectralmamba-botswana +\| .* \| +300 epochs \| .* \| unverified", list);
        string yaml = Seglstm("presets", "seglstm-loveda").Output;
        Assert.Contains("# command     seglstm train --preset seglstm-loveda --collection loveda --root FOLDER", yaml);
        Assert.Contains("\nmodel: seglstm_upernet\n", yaml);
        File.WriteAllText(At("a.yaml"), yaml + "windowsize: 3\n");
        int line = yaml.Count(c => c == '\n') + 1;
        Assert.Contains($"a.yaml:{line}: there is no 'windowsize' (did you mean 'window_size'?)",
            Seglstm("train", "--config", "a.yaml").FailureLine());
        Assert.Contains("Nearest: seglstm-loveda", Seglstm("presets", "seglstm-lovda").FailureLine());
    }

    [Theory]
    [InlineData("--seed and --preset exclude each other: give --set training.seed=VALUE", "--preset", "olinda", "--seed", "1")]
    [InlineData("--config nowhere.yaml: there is no such file", "--config", "nowhere.yaml")]
    [InlineData("There is no preset 'olnda'. Nearest: olinda", "--preset", "olnda")]
    [InlineData("2 problems: 'training.sed=1': there is no 'training.sed' (did you mean 'training.seed'?). 'overlap=x': overlap:",
        "--set", "training.sed=1", "--set", "overlap=x")]
    [InlineData("label_fraction: LabelFraction is 2: expected above 0 up to 1", "--set", "label_fraction=2")]
    public void A_recipe_that_cannot_be_used_is_told_before_anything_is_done(string told, params string[] arguments)
    {
        Assert.Contains(told, Seglstm(["train", .. arguments]).FailureLine());
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public void Where_there_are_no_runs_yet_it_is_said_where_they_come_from()
    {
        SeglstmProcess run = Seglstm("runs");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no run yet: seglstm train writes into runs/", run.Output);
        Assert.Contains("--in there: there is no such folder", Seglstm("runs", "--in", "there").FailureLine());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private SeglstmProcess Seglstm(params string[] arguments) => SeglstmProcess.Run([], arguments, folder.FullName);
}
