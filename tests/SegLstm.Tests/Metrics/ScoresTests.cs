using SegLstm.Metrics;

namespace SegLstm.Tests.Metrics;

public class ScoresTests
{
    [Fact]
    public void Scores_of_a_matrix_worked_out_by_hand()
    {
        // rows: truth; 8 + 2, 1 + 9
        var scores = Matrix(2, (0, 0, 8), (0, 1, 2), (1, 0, 1), (1, 1, 9)).Scores;
        Assert.Equal(17 / 20.0, scores.OverallAccuracy, 15);
        Assert.Equal([8 / 11.0, 9 / 12.0], scores.PerClassIoU);
        Assert.Equal([8 / 9.0, 9 / 11.0], scores.PerClassPrecision);
        Assert.Equal([0.8, 0.9], scores.PerClassRecall);
        Assert.Equal([16 / 19.0, 18 / 21.0], scores.PerClassDice);
        Assert.Equal(16 / 19.0, scores.PerClassF1[0], 15);
        Assert.Equal(0.85, scores.AverageAccuracy, 15);
        Assert.Equal((0.85 - 0.5) / 0.5, scores.Kappa, 14);
        Assert.Equal(((8 / 11.0) + (9 / 12.0)) / 2, scores.FrequencyWeightedIoU, 15);
    }

    [Fact]
    public void A_class_that_never_occurs_is_NaN_and_left_out_of_the_means()
    {
        var scores = Matrix(3, (0, 0, 1), (2, 2, 1)).Scores;
        Assert.True(double.IsNaN(scores.PerClassIoU[1]));
        Assert.Equal(1, scores.MeanIoU);
        Assert.Equal(1, scores.MeanF1);
        Assert.Equal(1, scores.AverageAccuracy);
    }

    [Fact]
    public void A_class_that_is_never_hit_has_Dice_0_but_no_F1()
    {
        var scores = Matrix(3, (0, 0, 2), (1, 2, 1), (2, 1, 1)).Scores;
        Assert.Equal(0, scores.PerClassDice[1]);
        Assert.Equal(0, scores.PerClassIoU[1]);
        Assert.True(double.IsNaN(scores.PerClassF1[1]));
        Assert.Equal(1 / 3.0, scores.MeanDice, 15);
        Assert.Equal(1, scores.MeanF1);
    }

    [Fact]
    public void A_class_that_is_predicted_but_absent_has_IoU_0_and_no_recall()
    {
        var scores = Matrix(2, (0, 0, 1), (0, 1, 1)).Scores;
        Assert.Equal(0, scores.PerClassIoU[1]);
        Assert.True(double.IsNaN(scores.PerClassRecall[1]));
        Assert.Equal(0.5, scores.AverageAccuracy);
        Assert.Equal(0.25, scores.MeanIoU);
    }

    [Fact]
    public void Nothing_counted_gives_NaN_not_an_exception()
    {
        var scores = new ConfusionMatrix(4).Scores;
        Assert.All([scores.OverallAccuracy, scores.MeanIoU, scores.Kappa, scores.FrequencyWeightedIoU, scores.MeanF1], score => Assert.True(double.IsNaN(score)));
    }

    [Fact]
    public void Guessing_at_random_has_kappa_0() => Assert.Equal(0, Matrix(2, (0, 0, 5), (0, 1, 5), (1, 0, 5), (1, 1, 5)).Scores.Kappa, 15);

    [Fact]
    public void Encoding_counts_a_class_that_never_occurs_as_0()
    {
        var matrix = Matrix(4, (0, 0, 3), (1, 0, 1));
        var scores = new EncodingScores(matrix);
        Assert.Equal(0.75, scores.PixelAccuracy, 15);
        Assert.Equal(0.75 / 4, scores.MeanIoU, 15);
        Assert.Equal(0.75 / 2, matrix.Scores.MeanIoU, 15);
    }

    [Fact]
    public void Grsims_class_accuracy_is_precision()
    {
        var matrix = Matrix(2, (0, 0, 8), (0, 1, 2), (1, 0, 1), (1, 1, 9));
        Assert.Equal(8 / 9.0, new GrsimScores(matrix).ClassAccuracy[0], 8);
        Assert.NotEqual(matrix.Scores.AverageAccuracy, new GrsimScores(matrix).MeanAccuracy, 3);
        Assert.Equal(matrix.Scores.Kappa, new GrsimScores(matrix).Kappa, 8);
    }

    [Fact]
    public void Grsims_means_count_classes_that_never_occur_as_0()
    {
        // Class 0 of Potsdam's legend, black, is nowhere.
        var matrix = Matrix(3, (1, 1, 8), (1, 2, 2), (2, 1, 1), (2, 2, 9));
        var scores = new GrsimScores(matrix);
        Assert.Equal((0 + 8 / 9.0 + 9 / 11.0) / 3, scores.MeanAccuracy, 8);
        Assert.Equal((8 / 9.0 + 9 / 11.0) / 2, matrix.Scores.MeanPrecision, 12);
        Assert.Equal(matrix.Scores.Kappa, scores.Kappa, 8);
    }

    internal static ConfusionMatrix Matrix(int classes, params (int Label, int Prediction, int Pixels)[] counts)
    {
        var matrix = new ConfusionMatrix(classes);
        foreach (var (label, prediction, pixels) in counts)
        {
            matrix.Add<int, int>([.. Enumerable.Repeat(prediction, pixels)], [.. Enumerable.Repeat(label, pixels)]);
        }

        return matrix;
    }
}
