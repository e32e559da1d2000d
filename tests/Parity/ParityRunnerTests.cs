using SegLstm.Parity;

namespace SegLstm.Tests.Parity;

public class ParityRunnerTests
{
    [Fact]
    public void A_folder_of_passing_cases_gives_a_line_a_case_and_exit_code_0()
    {
        var output = new StringWriter();
        var code = ParityRunner.Run([Path.Combine(Goldens.Committed, "metrics")], output);
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.True(code == 0, output.ToString());
        Assert.Equal(6, lines.Length);
        Assert.All(lines.SkipLast(1), line => Assert.StartsWith("pass  metrics/", line));
        Assert.StartsWith("5 cases: 5 passed, 0 failed, in ", lines[^1]);
    }

    [Fact]
    public void One_failing_case_among_others_gives_exit_code_1_and_its_reason()
    {
        using var copy = new AlteredCase("metrics/hsi_scores_a");
        copy.Config(config => config["colour"] = "blue");
        var output = new StringWriter();
        Assert.Equal(1, ParityRunner.Run([Path.Combine(Goldens.Committed, "metrics"), copy.Folder], output));
        Assert.Contains("FAIL  metrics/hsi_scores_a", output.ToString());
        Assert.Contains("unknown key colour", output.ToString());
        Assert.Contains("6 cases: 5 passed, 1 failed", output.ToString());
    }

    [Fact]
    public void An_empty_folder_is_a_failure_not_a_success()
    {
        var folder = Directory.CreateTempSubdirectory("seglstm-parity-");
        var output = new StringWriter();
        Assert.Equal(1, ParityRunner.Run([folder.FullName], output));
        Assert.Contains("holds no side files", output.ToString());
        folder.Delete();
    }

    [Fact]
    public void No_folder_at_all_is_a_failure() => Assert.Equal(1, ParityRunner.Run([], TextWriter.Null));

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("There is no folder /no/such", Assert.Throws<DirectoryNotFoundException>(() => ParityRunner.Run(["/no/such"], TextWriter.Null)).Message);

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("{\"system\":\"vil\"}")]
    [InlineData("{\"system\":3,\"name\":\"a\"}")]
    public void A_file_that_is_no_side_file_is_a_failure(string text)
    {
        var folder = Directory.CreateTempSubdirectory("seglstm-parity-");
        File.WriteAllText(Path.Combine(folder.FullName, "a.json"), text);
        var output = new StringWriter();
        Assert.Equal(1, ParityRunner.Run([folder.FullName], output));
        Assert.Contains("FAIL  a.json", output.ToString());
        Assert.Contains("is no side file", output.ToString());
        folder.Delete(recursive: true);
    }
}
