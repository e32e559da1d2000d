using SegLstm.Experiments;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Tests.Training.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Experiments;

public sealed class ScoreFolderTests : IDisposable
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
        var first = comparison.Run([counted], draws[..1], kept: Open(Settings)).Single();
        var all = comparison.Run([counted, new SvmMethod()], draws, kept: Open(Settings));
        Assert.Equal(2, counted.Times);
        Assert.Equal(4, all.Count);
        Assert.Equal(first, all[0]);
        Assert.Equal(all.OrderBy(score => score.ToString()), Open(Settings).Scores.OrderBy(score => score.ToString()));
        Assert.Equal(Open(Settings).Scores, ScoreFolder<PixelScore>.Read(folder, PixelScore.Columns));
        Assert.True(File.Exists(Path.Combine(folder, "environment.json")));
        Assert.Contains("SVM, RBF kernel", Open(Settings).Scores.Select(score => score.Method));
    }

    [Fact]
    public void Scores_of_other_settings_are_refused_and_stay()
    {
        Open(Settings).Add(new PixelScore("svm", "random", "1 %", 0, 0.5, 0.25, 0.125, 1));
        var before = File.ReadAllText(Path.Combine(folder, ScoreFolder<PixelScore>.ScoresFile));
        var error = Assert.Throws<InvalidDataException>(() => Open(Settings with { Epochs = 41 }));
        Assert.Contains("epochs: expected 41, got 40.", error.Message);
        File.Delete(Path.Combine(folder, ScoreFolder<PixelScore>.SettingsFile));
        Assert.Contains("without", Assert.Throws<InvalidDataException>(() => Open(Settings)).Message);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, ScoreFolder<PixelScore>.ScoresFile)));
    }

    [Theory]
    [InlineData("method,oa\n", "does not begin with")]
    [InlineData("", "does not begin with")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\nsvm,random,1 %,zero,1,1,1,1\n", "score 1")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\nsvm,random,1 %,0,1,1\n", "score 1")]
    [InlineData("method,split,labels,draw,oa,aa,kappa,seconds\n\"sv\"m,random\n", "score 1")]
    public void A_broken_file_is_told_with_its_run(string text, string part)
    {
        Open(Settings);
        File.WriteAllText(Path.Combine(folder, ScoreFolder<PixelScore>.ScoresFile), text);
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => Open(Settings)).Message);
    }

    private ScoreFolder<PixelScore> Open(PixelComparisonSettings settings) =>
        ScoreFolder<PixelScore>.Open(folder, PixelScore.Columns, settings);

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
