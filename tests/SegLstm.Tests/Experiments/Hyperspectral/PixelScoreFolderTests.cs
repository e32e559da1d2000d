using SegLstm.Experiments.Hyperspectral;
using SegLstm.Tests.Training.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Experiments.Hyperspectral;

public sealed class PixelScoreFolderTests : IDisposable
{
    private static readonly PixelComparisonSettings Settings = new("humps", "00", 16, 3, 40, 64, 1e-3);

    private readonly string folder = Directory.CreateTempSubdirectory("seglstm-scores-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Runs_that_are_kept_are_taken_and_later_methods_and_draws_join_them()
    {
        var (cube, labels) = Cubes.Humps(6, 6, 15, 3);
        PixelDraw[] draws = [new("random", 0.5, 0, [.. Enumerable.Range(0, 18)], [.. Enumerable.Range(18, 18)]),
            new("random", 0.5, 1, [.. Enumerable.Range(18, 18)], [.. Enumerable.Range(0, 18)])];
        var comparison = new PixelComparison(cube, labels, 3);
        var counted = new Counting(new NeighbourMethod(1));
        var first = comparison.Run([counted], draws[..1], kept: PixelScoreFolder.Open(folder, Settings)).Single();
        var all = comparison.Run([counted, new SvmMethod()], draws, kept: PixelScoreFolder.Open(folder, Settings));
        Assert.Equal(2, counted.Times);
        Assert.Equal(4, all.Count);
        Assert.Equal(first with { Seconds = Math.Round(first.Seconds, 2) }, all[0] with { Seconds = Math.Round(all[0].Seconds, 2) });
        Assert.Equal(
            all.OrderBy(score => score.ToString()).Select(score => score with { Seconds = 0 }),
            PixelScoreFolder.Open(folder, Settings).Scores.OrderBy(score => score.ToString()).Select(score => score with { Seconds = 0 }));
        Assert.Contains("SVM, RBF kernel", PixelScoreFolder.Open(folder, Settings).Scores.Select(score => score.Method));
    }

    [Fact]
    public void Scores_of_other_settings_are_refused_and_stay()
    {
        PixelScoreFolder.Open(folder, Settings).Add(new PixelScore("svm", "random", "1 %", 0, 0.5, 0.25, 0.125, 1));
        var before = File.ReadAllText(Path.Combine(folder, PixelScoreFolder.ScoresFile));
        var error = Assert.Throws<InvalidDataException>(() => PixelScoreFolder.Open(folder, Settings with { Epochs = 41 }));
        Assert.Contains("Epochs = 41", error.Message);
        Assert.Contains("Epochs = 40", error.Message);
        File.Delete(Path.Combine(folder, PixelScoreFolder.SettingsFile));
        Assert.Contains("without", Assert.Throws<InvalidDataException>(() => PixelScoreFolder.Open(folder, Settings)).Message);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, PixelScoreFolder.ScoresFile)));
    }

    [Theory]
    [InlineData("method,oa\n", "does not begin with")]
    [InlineData("", "does not begin with")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\nsvm,random,1 %,zero,1,1,1,1\n", "run 1")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\nsvm,random,1 %,0,1,1\n", "run 1")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\n\"sv\"m,random\n", "run 1")]
    public void A_broken_file_is_told_with_its_run(string text, string part)
    {
        PixelScoreFolder.Open(folder, Settings);
        File.WriteAllText(Path.Combine(folder, PixelScoreFolder.ScoresFile), text);
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => PixelScoreFolder.Open(folder, Settings)).Message);
    }

    private sealed class Counting(IPixelMethod method) : IPixelMethod
    {
        public int Times { get; private set; }

        public string Name => method.Name;

        public int[] Classify(PixelProblem problem, CancellationToken stop)
        {
            Times++;
            return method.Classify(problem, stop);
        }
    }
}
