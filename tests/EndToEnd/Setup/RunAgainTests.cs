namespace SegLstm.Tests.EndToEnd.Setup;

public sealed class RunAgainTests : IDisposable
{
    private readonly Scratch _results = new();
    private readonly Scratch _programs = new();

    public void Dispose()
    {
        _results.Dispose();
        _programs.Dispose();
    }

    [Fact]
    public void What_passes_now_is_unsteady_with_all_its_rows()
    {
        Log("A.Tests", "N.C.Steady", "N.C.Rows(n: 1)", "N.C.Rows(n: 2)");
        Program("A.Tests", "[ \"$2\" = N.C.Rows ] && echo 'Total: 2' || { echo 'Total: 1'; exit 1; }");

        Run();

        Assert.Equal("N.C.Rows(n: 1)\nN.C.Rows(n: 2)\n", File.ReadAllText(Path.Combine(_results.Folder, "A.Tests.unsteady")));
    }

    [Theory, InlineData("echo 'Total: 0'"), InlineData("echo 'Total: 1'; exit 1"), InlineData("exit 134")]
    public void What_fails_again_or_is_not_found_stays_a_failure(string body)
    {
        Log("A.Tests", "N.C.Method");
        Program("A.Tests", body);

        Run();

        Assert.False(File.Exists(Path.Combine(_results.Folder, "A.Tests.unsteady")));
    }

    [Fact]
    public void A_run_without_failures_stays_as_it_is()
    {
        Log("A.Tests");
        Log("B.Tests");
        Program("A.Tests", "echo 'Total: 1'");

        string output = Run();

        Assert.Empty(output);
        Assert.Empty(Directory.GetFiles(_results.Folder, "*.unsteady"));
    }

    [Fact]
    public void Logs_without_failures_do_not_hide_those_with()
    {
        Log("A.Tests");
        Log("B.Tests", "N.C.Method");
        Log("C.Tests");
        Program("B.Tests", "echo 'Total: 1'");

        Run();

        Assert.Equal("N.C.Method\n", File.ReadAllText(Path.Combine(_results.Folder, "B.Tests.unsteady")));
    }

    [Fact]
    public void More_than_three_failures_are_not_run_again()
    {
        Log("A.Tests", "N.C.A", "N.C.B");
        Log("B.Tests", "N.C.C", "N.C.D");
        Program("A.Tests", "echo 'Total: 1'");
        Program("B.Tests", "echo 'Total: 1'");

        string output = Run();

        Assert.Empty(output);
        Assert.Empty(Directory.GetFiles(_results.Folder, "*.unsteady"));
    }

    private void Log(string name, params string[] failed) => _results.Write(name + ".trx",
        "<TestRun><Results>\n" + "    <UnitTestResult testName=\"N.C.Good\" outcome=\"Passed\" />\n"
        + string.Concat(failed.Select(test => $"    <UnitTestResult testName=\"{test}\" duration=\"0\" outcome=\"Failed\" relativeResultsDirectory=\"x\">\n"))
        + "</Results></TestRun>");

    private void Program(string name, string body)
    {
        string file = Path.Combine(_programs.Folder, name, "release", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/usr/bin/env bash\n" + body + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Run()
    {
        var outcome = Shell.Bash(
            new Dictionary<string, string>(), Repository.Script("run-again.sh"), _results.Folder, _programs.Folder);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        return outcome.Output;
    }
}
