namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm reproduce`, as a reviewer types it.</summary>
public sealed class ReproduceCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void The_claims_are_listed_with_scale_cost_state_and_what_is_published()
    {
        SeglstmProcess list = Seglstm("reproduce");
        Assert.True(list.ExitCode == 0, list.Error);
        Assert.Matches(@"olinda +\| workbook \| .* \| 3 runs, logged +\| none", list.Output);
        Assert.Matches(@"seglstm-loveda +\| paper +\| .* \| needs loveda\.tif.* \| unverified", list.Output);
        string one = Seglstm("reproduce", "olinda").Output;
        Assert.Contains("command     seglstm reproduce olinda --quick\n", one);
        Assert.Matches(@"expected    seglstm_nano, test_miou [\d.]+ ± [\d.]+, drift to ± ", one);
    }

    // From any folder. That all claims match is tested where they are made.
    [Fact]
    public void Verify_makes_tables_from_the_logs_and_writes_a_report()
    {
        SeglstmProcess verify = Seglstm("reproduce", "model-parameters", "olinda", "olinda-rates", "--verify", "--out", "report");
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Error);
        Assert.Matches(@"match: model-parameters, ", verify.Output);
        Assert.Contains("3 of 3 match; wrote report/index.html", verify.Output);
        Assert.Contains("<b>match</b>", File.ReadAllText(At("report/index.html")));
        Assert.Contains("\\toprule", File.ReadAllText(At("report/olinda.tex")));
        Assert.Equal("report", Path.GetFileName(Assert.Single(Directory.GetDirectories(folder.FullName))));
    }

    [Fact]
    public void Quick_trains_the_runs_again_and_a_number_that_is_off_ends_with_exit_code_1()
    {
        Claim("right", value: 50, match: 50);
        Claim("wrong", value: 150, match: 1);
        SeglstmProcess right = Seglstm("reproduce", "right", "--in", "claims", "--quick");
        Assert.True(right.ExitCode == 0, right.Output + right.Error);
        Assert.Contains("base/seed-4: finished", right.Output);
        Assert.Matches(@"match: seglstm_nano, test_miou [\d.]+, expected 50\.00 ± 50\.00, drift", right.Output);
        Assert.True(File.Exists(At("out/reproduce/right/base/seed-4/best.safetensors")));
        Assert.Contains("there are no logged runs", Seglstm("reproduce", "right", "--in", "claims", "--verify").Output);

        Directory.Move(At("out/reproduce/right"), At("out/reproduce/wrong"));
        SeglstmProcess wrong = Seglstm("reproduce", "wrong", "--in", "claims", "--quick", "--resume");
        Assert.True(wrong.ExitCode == 1, wrong.Output + wrong.Error);
        Assert.Contains("base/seed-4: skipped", wrong.Output);
        Assert.Contains("0 of 1 match", wrong.Output);
        Assert.Contains("base/seed-4: finished", Seglstm("reproduce", "wrong", "--in", "claims", "--quick").Output);
    }

    [Fact]
    public void A_study_is_made_only_when_it_is_named()
    {
        Claim("long", value: 50, match: 50, scale: "study");
        Assert.Contains(
            "none of the claims is of the scale workbook", Seglstm("reproduce", "--in", "claims", "--quick").FailureLine());
        Assert.Contains("base/seed-4: finished", Seglstm("reproduce", "long", "--in", "claims", "--quick").Output);
        Assert.Matches(@"long +\| study ", Seglstm("reproduce", "--in", "claims").Output);
    }

    [Fact]
    public void A_claim_whose_data_are_not_here_says_where_they_are_to_be_had_and_is_no_failure()
    {
        Claim("tiles", value: 50, match: 50, scale: "study", more: "files: [tiles]\nobtain: unpack them from the publisher's page");
        SeglstmProcess quick = Seglstm("reproduce", "tiles", "--in", "claims", "--quick");
        Assert.True(quick.ExitCode == 0, quick.Output + quick.Error);
        Assert.Matches(@"not made: tiles, .*\n  there is no .*claims/tiles/tiles \(unpack them from the publisher's page\)\n", quick.Output);
        Assert.Contains("0 of 1 match, 1 not made", quick.Output);
        Assert.Matches(@"tiles +\| study .* needs tiles ", Seglstm("reproduce", "--in", "claims").Output);
        // A folder is as good as a file.
        Directory.CreateDirectory(At("claims/tiles/tiles"));
        Assert.Contains("base/seed-4: finished", Seglstm("reproduce", "tiles", "--in", "claims", "--quick").Output);
    }

    [Fact]
    public void Full_says_what_is_missing_and_ends_with_exit_code_1()
    {
        SeglstmProcess full = Seglstm("reproduce", "--full");
        Assert.True(full.ExitCode == 1, full.Error);
        Assert.Matches(@"not made: seglstm-loveda, .*\n  there is no .*loveda\.tif; .*\n  needs: two GPUs", full.Output);
    }

    [Theory]
    [InlineData("exclude each other", "--verify", "--quick")]
    [InlineData("There is no claim 'olnda'. Nearest: olinda", "olnda", "--verify")]
    [InlineData("--in none: there is no such folder", "--in", "none")]
    [InlineData("none of the claims is of the scale paper", "olinda", "--full")]
    public void What_cannot_be_done_is_told(string told, params string[] arguments) =>
        Assert.Contains(told, Seglstm(["reproduce", .. arguments]).FailureLine());

    public void Dispose() => folder.Delete(recursive: true);

    private void Claim(string name, double value, double match, string scale = "workbook", string more = "")
    {
        Directory.CreateDirectory(At($"claims/{name}"));
        File.WriteAllText(At($"claims/{name}/claim.yaml"), FormattableString.Invariant($$"""
            title: a few steps
            shown: here
            kind: runs
            scale: {{scale}}
            cost: seconds
            published: none
            expected: [{what: seglstm_nano, value: {{value}}, match: {{match}}}]
            {{more}}
            """));
        File.WriteAllText(At($"claims/{name}/sweep.yaml"), """
            preset: olinda
            data: statlog
            set:
              - split.block_size=16
              - training.schedule.iterations=2
              - training.schedule.warmup_iterations=1
              - training.batch_size=2
            seeds: [4]
            """);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private SeglstmProcess Seglstm(params string[] arguments) => SeglstmProcess.Run([], arguments, folder.FullName);
}
