namespace SegLstm.Cli.Tests;

public class CommandLineTests
{
    public static TheoryData<string> Commands =>
    [
        "train", "evaluate", "predict", "presets", "runs", "models", "data", "parity", "bench", "kernels", "demo", "notebook",
        "kernel", "spectral",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_every_command_ends_with_examples_that_name_it(string command)
    {
        SeglstmProcess run = SeglstmProcess.Run(command, "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"seglstm {command}", run.Output);
        string examples = run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"  seglstm {command}", examples);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Help_lists_every_command()
    {
        SeglstmProcess run = SeglstmProcess.Run("--help");
        Assert.Equal(0, run.ExitCode);
        foreach (string command in Commands.Select(row => row.Data)) Assert.Contains($"  {command}", run.Output);
    }

    // The workbook's pages are in `out`, and the list of them is its index.html.
    [Fact]
    public void The_demo_writes_into_a_folder_of_its_own_unless_told_otherwise() =>
        Assert.Contains("[default: out/demo]", SeglstmProcess.Run("demo", "--help").Output);

    [Fact]
    public void Without_a_command_the_help_is_shown_and_the_exit_code_is_1()
    {
        SeglstmProcess run = SeglstmProcess.Run();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Examples:", run.Output);
    }

    [Fact]
    public void The_version_is_one_line()
    {
        SeglstmProcess run = SeglstmProcess.Run("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^seglstm \d+\.\d+\.\d+.* \(\.NET .*\)\n$", run.Output);
    }

    [Theory]
    [InlineData("predcit", "unknown command 'predcit' (did you mean 'predict'?)")]
    [InlineData("xyzzyplugh", "unknown command 'xyzzyplugh'.")]
    public void An_unknown_command_is_named_with_the_nearest_one(string word, string message) =>
        Assert.Contains(message, SeglstmProcess.Run(word).FailureLine());

    [Fact]
    public void An_unknown_option_is_named_with_the_nearest_one() =>
        Assert.Contains("unknown option '--itterations' (did you mean '--iterations'?)",
            SeglstmProcess.Run("train", "--itterations", "5").FailureLine());

    [Fact]
    public void A_required_option_that_is_missing_is_named() =>
        Assert.Contains("'--checkpoint' is required", SeglstmProcess.Run("predict", "--image", "x.tif").FailureLine());

    [Fact]
    public void A_number_that_is_none_is_named_with_its_option()
    {
        string line = SeglstmProcess.Run("train", "--iterations", "many").FailureLine();
        Assert.Contains("many", line);
        Assert.Contains("--iterations", line);
    }

    [Fact]
    public void The_place_of_a_failure_is_shown_only_when_asked_for()
    {
        string[] arguments = ["predict", "--checkpoint", "/nowhere/x.safetensors", "--image", "/nowhere/x.tif"];
        SeglstmProcess.Run(arguments).FailureLine();
        Assert.Contains("   at SegLstm.Cli", SeglstmProcess.Run([("SEGLSTM_DEBUG", "1")], arguments).Error);
        Assert.Contains("   at SegLstm.Cli", SeglstmProcess.Run([.. arguments, "--verbose"]).Error);
    }
}
