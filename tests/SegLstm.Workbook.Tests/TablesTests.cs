using SegLstm.Data;
using SegLstm.Experiments.Tables;
using SegLstm.Metrics;
using SegLstm.Workbook.Formatters;

namespace SegLstm.Workbook.Tests;

public class TablesTests
{
    private static readonly ClassLegend Legend = new(("water", new Rgb(0, 0, 255)), ("city <x>", new Rgb(255, 0, 0)),
        ("never", new Rgb(0, 0, 0)));

    private static ConfusionMatrix Matrix()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add<byte, byte>([0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 255]);
        return matrix;
    }

    [Fact]
    public void Scores_are_in_percent_and_a_dash_where_they_are_undefined()
    {
        string text = Tables.Scores(Matrix(), Legend).ToString();

        Assert.StartsWith("Scores, 5 pixels\n", text);
        Assert.Contains("water                   60.00    66.67         80.00         100.00       66.67", text);
        Assert.Contains("never                    0.00        –             –              –           –", text);
        Assert.EndsWith("Overall accuracy 80.00 %, Cohen's kappa 0.615.", text);
    }

    [Fact]
    public void The_mean_counts_a_class_that_is_never_hit_as_the_page_of_a_map_does()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add<byte, byte>([0, 0, 0], [0, 0, 1]);

        Table table = Tables.Scores(matrix);

        int dice = table.Columns.ToList().IndexOf("F1 (Dice, %)");
        Assert.Equal(["80.00", "0.00", "40.00"], table.Rows.Select(row => row[dice]!.ToString()));
    }

    [Fact]
    public void Confusion_shows_shares_of_each_true_class_and_counts()
    {
        string text = Tables.Confusion(Matrix(), Legend).ToString();

        Assert.Contains("66.7 (2)", text);
        Assert.Contains("– (0)", text);
    }

    [Fact]
    public void Confusion_in_html_is_as_approved() =>
        Approval.Check("confusion.html", ConfusionHtml.Of(Tables.Confusion(Matrix(), Legend)));

    [Fact]
    public void A_legend_of_other_classes_is_refused() =>
        Assert.Contains("a matrix of 2",
            Assert.Throws<ArgumentException>(() => Tables.Scores(new ConfusionMatrix(2), Legend)).Message);

    // Bold is not for every notebook's eyes: the best is said.
    [Fact]
    public void Of_runs_with_several_seeds_the_best_is_marked_and_the_others_have_a_p_value()
    {
        SeedCell Cell(params double[] values) => new(values.Select((v, i) => (i, v)).ToDictionary(c => (long)c.i, c => c.v));
        var seeds = new SeedTable(["model"], [SeedMetric.Find("test_miou")],
            [new(["a"], [Cell(0.5, 0.6) with { PValue = 0.04 }]), new(["b"], [Cell(0.7, 0.8) with { IsBest = true }])],
            ["The best mean is bold."]);
        string text = Tables.Seeds(seeds, "Models").ToString();
        Assert.StartsWith("Models\n", text);
        Assert.Matches(@"a +2 +55\.00 ± 7\.07 +0\.040", text);
        Assert.Matches(@"b +2 +75\.00 ± 7\.07 \(best\) +best", text);
        Assert.EndsWith("The best mean is marked.", text);
    }
}
