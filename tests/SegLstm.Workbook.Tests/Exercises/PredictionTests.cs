using SegLstm.Workbook.Exercises;

namespace SegLstm.Workbook.Tests.Exercises;

public sealed class PredictionTests
{
    [Fact]
    public void A_number_within_the_tolerance_holds() => Prediction.Near("x", 1.386, 1.39, 0.01);

    [Theory, InlineData(1.4), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_number_outside_the_tolerance_stops_with_both_numbers(double got)
    {
        var error = Assert.Throws<PredictionFailedException>(() => Prediction.Near("first loss", 1.386, got, 0.01));

        Assert.StartsWith("first loss: ", error.Message);
        Assert.Contains("expected 1.386 ± 0.01", error.Message);
    }

    // NaN is neither below a limit nor above one.
    [Fact]
    public void A_limit_is_kept_from_the_right_side()
    {
        Prediction.AtMost("x", 1, 1);
        Prediction.AtLeast("x", 1, 1);

        Assert.Throws<PredictionFailedException>(() => Prediction.AtMost("x", 1, 1.001));
        Assert.Throws<PredictionFailedException>(() => Prediction.AtLeast("x", 1, 0.999));
        Assert.Throws<PredictionFailedException>(() => Prediction.AtMost("x", 1, double.NaN));
    }

    [Fact]
    public void Shapes_are_compared_item_by_item()
    {
        Prediction.Same("shape", new long[] { 1, 256, 64 }, new long[] { 1, 256, 64 });

        var error = Assert.Throws<PredictionFailedException>(
            () => Prediction.Same("shape", new long[] { 1, 256 }, new long[] { 1, 255 }));
        Assert.Contains("(1, 255), expected (1, 256)", error.Message);
    }

    [Fact]
    public void A_statement_holds_or_stops()
    {
        Prediction.Holds("it is so", true);

        Assert.Throws<PredictionFailedException>(() => Prediction.Holds("it is so", false));
    }

    // Counts are read digit by digit.
    [Fact]
    public void Whole_numbers_are_printed_whole() => Assert.Contains(
        "6,391,529, expected 6,391,528.",
        Assert.Throws<PredictionFailedException>(() => Prediction.Near("parameters", 6_391_528, 6_391_529, 0)).Message);
}
