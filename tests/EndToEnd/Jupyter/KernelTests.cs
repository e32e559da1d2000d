using SegLstm.Tests.EndToEnd.Setup;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>The kernel as Jupyter's own programs find it. What each case asks is in the Python module that it names.</summary>
[Collection(JupyterCollection.Name)]
public sealed class KernelTests(InstalledKernel kernel, ITestOutputHelper output)
{
    public static TheoryData<PythonCase> Protocol => [.. PythonSuite.CasesOf("protocol")];

    public static TheoryData<PythonCase> Languages => [.. PythonSuite.CasesOf("languages")];

    public static TheoryData<PythonCase> Signatures => [.. PythonSuite.CasesOf("signatures")];

    public static TheoryData<PythonCase> Interrupts => [.. PythonSuite.CasesOf("interrupts")];

    public static TheoryData<PythonCase> Endurance => [.. PythonSuite.CasesOf("endurance")];

    public static TheoryData<PythonCase> Speed => [.. PythonSuite.CasesOf("speed")];

    /// <summary>The twelve cases of jupyter_kernel_test 0.4.5; they are inherited, so no source of ours names them.</summary>
    public static TheoryData<PythonCase> Conformance =>
        [.. new[]
        {
            "kernel_info", "execute_stdout", "execute_stderr", "completion", "is_complete", "pager", "error", "execute_result",
            "display_data", "history", "inspect", "clear_output",
        }.Select(name => new PythonCase("conformance", "test_" + name))];

    public static TheoryData<PythonCase> Notebooks =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Order()
            .Select(path => new PythonCase("notebooks", "test_" + Path.GetFileNameWithoutExtension(path).Replace('-', '_')))];

    [Theory]
    [MemberData(nameof(Protocol))]
    public void It_speaks_the_protocol(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Conformance))]
    public void It_passes_the_public_suite(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Languages))]
    public void It_runs_cells_of_several_languages(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Signatures))]
    public void It_runs_only_what_is_signed(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Interrupts))]
    public void It_stops_when_asked_and_keeps_its_state(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Endurance))]
    public void It_lasts(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Speed))]
    public void It_is_quick(PythonCase asked) => Passes(asked);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Nbclient_executes_every_notebook(PythonCase asked) => Passes(asked);

    private void Passes(PythonCase asked)
    {
        CaseOutcome outcome = kernel.Outcome(asked);
        foreach (string line in outcome.Measured) output.WriteLine(line);
        Assert.True(outcome.Outcome == "passed", $"{outcome.Outcome} after {outcome.Seconds} s\n{outcome.Text}");
        Assert.Empty(kernel.Survivors());
    }
}
