using System.Runtime.CompilerServices;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Claims;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Sweeps;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Experiments.Runs;

namespace SegLstm.Tests.Experiments.Claims;

public sealed class ReproductionTests : IDisposable
{
    private const string Sweep = "preset: olinda\ndata: statlog\naxes: [{path: overlap, values: [0, 4]}]\nseeds: [0, 1]\n";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Logs =>
        [.. Claims().Where(claim => claim.Claim.Scale != ClaimScale.Paper).Select(claim => claim.Name)];

    // The numbers that the repository shows are those of the logs in it.
    [Theory]
    [MemberData(nameof(Logs))]
    public void Every_claim_below_the_papers_scale_matches_from_its_logs(string name)
    {
        ClaimResult result = Reproduction.Verify(ClaimFolder.Find(Claims(), name));
        Assert.All(result.Checks, check => Assert.True(check.Verdict == ClaimVerdict.Match, $"{check}"));
        Assert.True(result.Verdict == ClaimVerdict.Match, result.Reason);
        Assert.Contains("libtorch ", result.Caption);
    }

    [Fact]
    public void Claims_of_the_papers_scale_say_what_is_published_and_what_is_needed()
    {
        ClaimFolder[] paper = [.. Claims().Where(claim => claim.Claim.Scale == ClaimScale.Paper)];
        Assert.True(paper.Length >= 4);
        Assert.All(paper, claim => Assert.NotEmpty(claim.Claim.Published));
        Assert.All(paper, claim => Assert.NotEmpty(claim.Obstacles));
        ClaimResult result = Reproduction.Make(paper[0], folder.File("out"), ["false"], jobs: 1);
        Assert.Equal(ClaimVerdict.NotMade, result.Verdict);
        Assert.Contains(paper[0].Obstacles[0], result.Reason);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Theory]
    [InlineData(60, ClaimVerdict.Match)]
    [InlineData(62, ClaimVerdict.Drift)]
    [InlineData(70, ClaimVerdict.Fail)]
    public void A_table_from_logs_is_judged_by_its_means(double expected, ClaimVerdict verdict)
    {
        ClaimFolder claim = Logged(expected, scores: [0.58, 0.62, 0.70, 0.72]);
        ClaimResult result = Reproduction.Verify(claim);
        Assert.Equal("", result.Reason);
        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(60, result.Checks.Single().Got!.Value, 1e-9);
        Assert.Contains("overlap=0/seed-1 (20", result.Caption);
    }

    [Fact]
    public void A_row_that_is_not_there_is_missing() =>
        Assert.Equal(ClaimVerdict.Fail, Reproduction.Verify(Logged(60, [0.58, 0.62, 0.70, 0.72], what: "7")).Verdict);

    [Fact]
    public void A_run_that_is_missing_or_was_told_something_else_fails_the_claim_and_is_named()
    {
        ClaimFolder claim = Logged(60, [0.58, 0.62, 0.70, 0.72]);
        string given = Path.Combine(claim.Logged, "overlap=4/seed-1", SweepFolder.GivenFile);
        File.WriteAllText(given, File.ReadAllText(given).Replace("iterations: 320", "iterations: 321"));
        ClaimResult changed = Reproduction.Verify(claim);
        Assert.Equal(ClaimVerdict.Fail, changed.Verdict);
        Assert.Contains("told something else than the sweep says, such as overlap=4/seed-1", changed.Reason);
        Directory.Delete(Path.Combine(claim.Logged, "overlap=4/seed-1"), recursive: true);
        Assert.Equal("1 runs are missing, such as overlap=4/seed-1", Reproduction.Verify(claim).Reason);
        Directory.Delete(claim.Logged, recursive: true);
        ClaimResult none = Reproduction.Verify(claim);
        Assert.Equal(ClaimVerdict.Fail, none.Verdict);
        Assert.Contains("there are no logged runs", none.Reason);
    }

    [Fact]
    public void Runs_that_fail_fail_the_claim()
    {
        ClaimResult result = Reproduction.Make(Logged(60, [0.58, 0.62, 0.70, 0.72]), folder.File("out"), ["false"], jobs: 2);
        Assert.Equal(ClaimVerdict.Fail, result.Verdict);
        Assert.Contains("4 of 4 runs failed, such as overlap=0/seed-0: exit code 1", result.Reason);
    }

    [Fact]
    public void A_count_that_is_off_by_one_and_an_unknown_model_fail()
    {
        ClaimFolder claim = Write("counts", """
            title: t
            shown: s
            kind: parameters
            cost: c
            published: none
            expected:
              - {what: ViL-T, metric: parameters, value: 6391528}
              - {what: ViL-T, metric: parameters, value: 6391527}
              - {what: ViL-X, metric: parameters, value: 1}
            """);
        Assert.Equal([ClaimVerdict.Match, ClaimVerdict.Fail, ClaimVerdict.Fail],
            Reproduction.Verify(claim).Checks.Select(check => check.Verdict));
    }

    [Theory]
    [InlineData("kind: baselines", "Data is missing", "Expected is empty")]
    [InlineData("kind: parameters\nexpected: [{what: a, value: .nan, match: -1}]", "'a' has the value NaN", "tolerances -1 and 0")]
    [InlineData("kind: runs\nscle: paper", "there is no 'scle' (did you mean 'scale'?)")]
    [InlineData("kind: held_out\nexpected: [{what: a, value: 1}]", "expected one recipe on an installed scene")]
    public void A_claim_that_cannot_be_judged_is_refused(string yaml, params string[] told)
    {
        string message = Assert.Throws<RecordException>(
            () => Write("bad", "title: t\nshown: s\ncost: c\npublished: none\n" + yaml, Sweep)).Message;
        Assert.All(told, text => Assert.Contains(text, message));
    }

    [Fact]
    public void Classes_that_are_left_out_are_judged_from_their_scores_and_a_score_too_few_or_another_recipe_is_told()
    {
        ClaimFolder claim = Write("words", """
            title: t
            shown: s
            kind: held_out
            cost: c
            published: none
            expected:
              - {what: c0, metric: never_shown, value: 15, match: 0.1}
              - {what: c0, metric: shown, value: 40, match: 0.1}
            """, "preset: olinda\ndata: statlog\nset: [words.encoder=glove]\nseeds: [0, 1]\n");
        Directory.CreateDirectory(claim.Logged);
        using Scene scene = SceneCatalog.Load("statlog");
        string[] names = [.. scene.Legend.Names];
        var kept = ScoreFolder<HeldOutScore>.Open(
            claim.Logged, HeldOutScore.Columns, HeldOutSettings.Of(scene, claim.Sweep!.Runs[1].Recipe));
        foreach (long seed in new long[] { 0, 1 })
        {
            kept.Add([.. names.Select(name => new HeldOutScore(name, true, seed, 0.4, 0.5, 0.1, names.Length))]);
            foreach (string name in names) kept.Add(new HeldOutScore(name, false, seed, 0.1 + (0.1 * seed), 0.5, 0.1, names.Length));
        }

        ClaimResult result = Reproduction.Verify(Renamed());
        Assert.Equal("", result.Reason);
        Assert.Equal(ClaimVerdict.Match, result.Verdict);
        Assert.Contains($"{2 * (1 + names.Length)} trainings; SegLstm ", result.Caption);

        string scores = Path.Combine(claim.Logged, ScoreFolder<HeldOutScore>.ScoresFile);
        string[] lines = File.ReadAllLines(scores);
        File.WriteAllLines(scores, lines[..^1]);
        Assert.Equal($"1 scores are missing, such as {names[^1]} left out, seed 1", Reproduction.Verify(Renamed()).Reason);
        File.WriteAllLines(scores, lines);
        File.AppendAllText(Path.Combine(claim.Path, "sweep.yaml"), "balance: false\n");
        string sweep = File.ReadAllText(Path.Combine(claim.Path, "sweep.yaml"));
        File.WriteAllText(Path.Combine(claim.Path, "sweep.yaml"), sweep.Replace("words.encoder=glove", "words.encoder=glove, overlap=4"));
        Assert.Contains("another recipe", Reproduction.Verify(Renamed()).Reason);
        File.Delete(scores);
        Assert.Equal(ClaimVerdict.Fail, Reproduction.Verify(Renamed()).Verdict);

        // The classes' own names stand in the expectations.
        ClaimFolder Renamed()
        {
            string file = Path.Combine(claim.Path, "claim.yaml");
            File.WriteAllText(file, File.ReadAllText(file).Replace("what: c0", $"what: {names[0]}"));
            return ClaimFolder.Find(ClaimFolder.ReadAll(folder.Path), "words");
        }
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<ClaimFolder> Claims([CallerFilePath] string path = "") =>
        ClaimFolder.ReadAll(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "..", "data", "results"));

    private ClaimFolder Write(string name, string yaml, string? sweep = null)
    {
        Directory.CreateDirectory(folder.File(name));
        File.WriteAllText(folder.File($"{name}/claim.yaml"), yaml);
        if (sweep is not null) File.WriteAllText(folder.File($"{name}/sweep.yaml"), sweep);
        return ClaimFolder.Find(ClaimFolder.ReadAll(folder.Path), name);
    }

    private ClaimFolder Logged(double expected, double[] scores, string what = "0")
    {
        ClaimFolder claim = Write("runs", FormattableString.Invariant($$"""
            title: t
            shown: s
            kind: runs
            cost: c
            published: none
            expected: [{what: "{{what}}", value: {{expected}}, match: 1, drift: 3}]
            """), Sweep);
        var logs = new SweepFolder(claim.Logged, claim.Sweep!);
        foreach ((SweepRun run, double score) in claim.Sweep!.Runs.Zip(scores))
        {
            logs.Prepare(run, threads: 1);
            LoggedRuns.Write(logs.Of(run), run.Recipe, score);
        }

        return claim;
    }
}
