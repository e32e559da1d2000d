using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Tables;
using SegLstm.Models.Hyperspectral;
using SegLstm.Tests.Training.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Experiments.Hyperspectral;

public sealed class PixelComparisonTests
{
    [Fact]
    public void Every_method_is_judged_on_the_same_draws_and_tabled()
    {
        var (cube, labels) = Cubes.Humps(10, 12, 15, 3);
        IPixelMethod[] methods =
        [
            new NeighbourMethod(3), new ForestMethod(20), new SvmMethod(),
            new NetworkMethod(PixelClassifiers.Find("mlp_pixel"), new PixelTrainingOptions { Epochs = 40, LearningRate = 5e-3 }),
        ];
        PixelDraw[] draws = [.. Enumerable.Range(0, 2).Select(number => Draw(labels, number))];
        var told = 0;
        var scores = new PixelComparison(cube, labels, 3).Run(methods, draws, (done, all, _) => told = 100 * done / all);
        Assert.Equal(100, told);
        Assert.Equal(8, scores.Count);
        Assert.All(scores, score => Assert.True(score.OverallAccuracy > 0.9, $"{score}"));
        Assert.All(scores, score => Assert.InRange(score.Kappa, 0.8, 1));

        var table = PixelScoreTable.Of(scores);
        Assert.Equal(methods.Select(method => method.Name), table.Rows.Select(row => row.Labels[2]));
        Assert.Equal(
            scores.Where(score => score.Method == "random forest").Average(score => score.OverallAccuracy), table.Rows[1].Cells[0].Mean, 12);
        Assert.Contains("random forest", TableText.Write(table, TableFormat.Markdown));
    }

    [Fact]
    public void Draws_that_share_pixels_or_take_unlabelled_ones_are_refused()
    {
        var (cube, labels) = Cubes.Humps(2, 2, 4, 2);
        labels[3] = 0;
        string Refused(int[] train, int[] test) => Assert.Throws<ArgumentException>(
            () => new PixelProblem(cube, labels, 2, new PixelDraw("random", 0.01, 0, train, test))).Message;
        Assert.Contains("both sides", Refused([0, 1], [1, 2]));
        Assert.Contains("Pixel 3", Refused([0], [3]));
        Assert.Contains("0 test pixels", Refused([0], []));
        Assert.Contains("random 1 % #0", Refused([0], []));
    }

    [Fact]
    public void Chance_agreement_counts_as_kappa_0()
    {
        var (cube, labels) = Cubes.Humps(3, 3, 5, 1);
        var score = new PixelComparison(cube, labels, 1)
            .Run([new NeighbourMethod(1)], [new PixelDraw("random", 0.5, 0, [0, 1, 2], [3, 4, 5])]).Single();
        Assert.Equal((1, 0), (score.OverallAccuracy, score.Kappa));
    }

    private static PixelDraw Draw(byte[] labels, int number)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new Random(number).Shuffle(order);
        return new PixelDraw("random", 0.3, number, order[..36], order[36..]);
    }
}
