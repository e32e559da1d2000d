using SegLstm.Soak;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Soak;

public class FileSoakTests
{
    /// <summary>The short run of `seglstm soak files` that belongs to the tests.</summary>
    [Fact]
    public void Readers_withstand_damaged_files_of_every_kind_at_more_than_a_million_an_hour()
    {
        using var folder = new TemporaryFolder();
        var report = FileSoak.Run(
            new SoakOptions { Duration = TimeSpan.FromSeconds(5), Seed = 20_241_126, Folder = folder.File("failures") });
        Assert.True(report.Failures.Count == 0,
            string.Join("\n", report.Failures.Select(failure => $"{failure.Kind}: {failure.What}")));
        Assert.True(report.InputsPerHour > 1e6, $"{report.InputsPerHour} an hour");
        Assert.All(report.Tallies, tally =>
        {
            Assert.True(tally.Accepted > 0 && tally.Accepted < tally.Inputs,
                $"{tally.Kind}: {tally.Accepted} of {tally.Inputs} were accepted: the damage is no test");
            Assert.InRange(tally.Slowest, TimeSpan.Zero, FileSoak.MostTime);
            Assert.InRange(tally.MostMemory, long.MinValue, FileSoak.MostMemory);
        });
        Assert.False(Directory.Exists(folder.File("failures")));
    }

    [Fact]
    public void A_seed_gives_the_same_inputs_again()
    {
        using var folder = new TemporaryFolder();
        foreach (var (first, second) in SoakSeeds.Targets(folder.Path, []).Zip(SoakSeeds.Targets(folder.Path, [])))
        {
            for (var seed = 0; seed < 50; seed++)
            {
                Assert.Equal(first.Input(new Random(seed), out _), second.Input(new Random(seed), out _));
            }
        }
    }

    [Theory]
    [InlineData("throws", "InvalidCastException: no refusal")]
    [InlineData("waits", "ms, three times")]
    [InlineData("grows", "MiB of memory")]
    public void What_a_reader_does_not_withstand_is_kept_with_its_seed_and_told(string fault, string told)
    {
        using var folder = new TemporaryFolder();
        var report = FileSoak.Run(
            new SoakOptions { Duration = TimeSpan.FromSeconds(0.5), Seed = 7, Folder = folder.File("failures") },
            [new Faulty(fault)], folder.Path,
            TestContext.Current.CancellationToken);
        var failure = report.Failures[0];
        Assert.Contains(told, failure.What);
        Assert.Contains("seed7-input", failure.Path);
        Assert.Equal(3, new FileInfo(failure.Path).Length);
    }

    [Fact]
    public void Files_of_the_user_are_damaged_too_and_unknown_ones_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(6, SoakSeeds.Targets(folder.Path, [Fixture.Path("views.pth"), Fixture.Path("training_legacy.pth")]).Count);
        File.WriteAllText(folder.File("note.txt"), "no");
        Assert.Contains("note.txt",
            Assert.Throws<ArgumentException>(() => SoakSeeds.Targets(folder.Path, [folder.File("note.txt")])).Message);
    }

    /// <summary>A reader that fails on purpose, once it has read the good file, which is not measured.</summary>
    private sealed class Faulty(string fault) : SoakTarget("faulty", ".bin", [new SoakSeed([1, 2, 3], isGiven: false)])
    {
        private static byte[]? s_kept;

        public override bool Read(string path)
        {
            if (Path.GetFileName(path) == "good.bin")
            {
                return true;
            }

            switch (fault)
            {
                case "throws":
                    throw new InvalidCastException("no refusal");
                case "waits":
                    Thread.Sleep(120);
                    return true;
                default:
                    s_kept = new byte[100 << 20];
                    Array.Fill(s_kept, (byte)1);
                    return s_kept.Length > 0;
            }
        }

        protected override byte[] Change(byte[] seed, Random random) => seed;
    }
}
