namespace SegLstm.Tests.EndToEnd.Setup;

public sealed class SumTestsTests : IDisposable
{
    private readonly Scratch _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void Passed_tests_are_summed_over_the_projects()
    {
        Project("A.Tests", exitCode: 0, passed: 40);
        Project("B.Tests", exitCode: 0, passed: 2);

        Expect(0, "42 passed, 0 failed");
    }

    [Fact]
    public void Skipped_tests_are_named_in_the_sum_only_where_there_are_any()
    {
        Project("A.Tests", exitCode: 0, passed: 3, skipped: 2);
        Project("B.Tests", exitCode: 0, passed: 1, skipped: 1);

        Expect(0, "4 passed, 0 failed, 3 skipped");
    }

    [Fact]
    public void A_failed_test_fails_the_run_and_its_project_is_named()
    {
        Project("A.Tests", exitCode: 0, passed: 5);
        Project("B.Tests", exitCode: 1, passed: 5, failed: 2);

        Expect(1, "10 passed, 2 failed", "B.Tests: 2 failed");
    }

    [Fact]
    public void A_project_that_left_no_results_is_a_failure()
    {
        Project("A.Tests", exitCode: 0, passed: 5);
        _results.Write("B.Tests.exit", "134\n");

        Expect(1, "5 passed, 1 failed", "B.Tests crashed or could not start: exit code 134");
    }

    [Fact]
    public void A_project_that_died_halfway_is_a_failure_although_no_test_of_it_failed()
    {
        Project("A.Tests", exitCode: 1, passed: 7);

        Expect(1, "7 passed, 1 failed", "A.Tests crashed: exit code 1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_project_that_ran_nothing_is_a_failure(int skipped)
    {
        Project("A.Tests", exitCode: 0, passed: 1);
        Project("B.Tests", exitCode: 0, skipped: skipped);

        Expect(1, skipped == 0 ? "1 passed, 1 failed" : $"1 passed, 1 failed, {skipped} skipped", "B.Tests ran nothing");
    }

    [Fact]
    public void A_cut_off_results_file_is_a_failure()
    {
        _results.Write("A.Tests.exit", "0\n");
        _results.Write("A.Tests.trx", "<TestRun><Results>");

        Expect(1, "0 passed, 1 failed", "A.Tests crashed");
    }

    [Fact]
    public void A_run_without_any_project_is_a_failure() => Expect(1, "0 passed, 1 failed", "no test project ran");

    [Fact]
    public void What_passed_when_run_again_is_no_failure_but_is_named_and_counted()
    {
        Project("A.Tests", exitCode: 1, passed: 7, failed: 1);
        _results.Write("A.Tests.unsteady", "N.C.Method\n");

        Expect(0, "8 passed, 0 failed, 1 unsteady", "unsteady, passed only when run again: N.C.Method");
    }

    [Fact]
    public void A_failure_beside_what_passed_when_run_again_is_still_one()
    {
        Project("A.Tests", exitCode: 1, passed: 7, failed: 2);
        _results.Write("A.Tests.unsteady", "N.C.Method\n");

        Expect(1, "8 passed, 1 failed, 1 unsteady", "A.Tests: 1 failed");
    }

    // The counters as VSTest's logger writes them: skipped tests are in the total and nowhere else.
    private void Project(string name, int exitCode, int passed = 0, int failed = 0, int skipped = 0)
    {
        _results.Write(name + ".exit", exitCode + "\n");
        _results.Write(
            name + ".trx",
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun><Results><UnitTestResult outcome="Passed"><Output><StdOut>passed="999"</StdOut></Output></UnitTestResult></Results>
              <ResultSummary outcome="{(failed > 0 ? "Failed" : "Completed")}">
                <Counters total="{passed + failed + skipped}" executed="{passed + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" inconclusive="0" passedButRunAborted="0" notRunnable="0" notExecuted="0" disconnected="0" warning="0" completed="0" inProgress="0" pending="0" />
              </ResultSummary>
            </TestRun>
            """);
    }

    private void Expect(int exitCode, string sum, string? complaint = null)
    {
        var outcome = Shell.Bash(new Dictionary<string, string>(), Repository.Script("sum-tests.sh"), _results.Folder);

        Assert.Equal(sum + "\n", outcome.Output);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(complaint ?? "", outcome.Errors);
    }
}
