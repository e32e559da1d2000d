using SegLstm.Workbook.Reports;

namespace SegLstm.Workbook.Tests.Reports;

public class VerdictTests
{
    private static readonly byte[] Good = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 1], Poor = [0, 0, 1, 1, 1, 1, 0, 0, 2, 2, 0, 1];

    [Fact]
    public void A_model_that_beats_its_yardstick_is_said_to()
    {
        var verdict = Verdict.Of(Method("Seg-LSTM", Good), Method("9 nearest neighbours", Poor));

        Assert.True(verdict.Beats);
        Assert.Equal(
            "Seg-LSTM beats 9 nearest neighbours in mIoU on the held-out blocks: 100.00 % against 0.00 % (+100.00 percentage points, 5 pixels).",
            verdict.Sentence);
    }

    [Fact]
    public void A_model_that_does_not_is_said_not_to()
    {
        var verdict = Verdict.Of(Method("Seg-LSTM", Poor), Method("9 nearest neighbours", Good));

        Assert.False(verdict.Beats);
        Assert.StartsWith("Seg-LSTM does not beat 9 nearest neighbours", verdict.Sentence);
        Assert.Contains("(-100.00 percentage points", verdict.Sentence);
    }

    [Fact]
    public void A_draw_is_no_victory() => Assert.False(Verdict.Of(Method("a", Good), Method("b", Good)).Beats);

    private static MethodResult Method(string name, byte[] prediction) => new(name, TestReport.Count(prediction));
}
