using System.Globalization;
using System.Xml.Linq;
using SegLstm.Experiments.Tables;

namespace SegLstm.Tests.Experiments.Tables;

public sealed class TableTextTests
{
    private static readonly SeedTable Sample = new(["model"], [SeedMetric.Find("test_miou")],
    [
        new(["a_b|c, <d> & 5 % \"e\""], [Cell(0.5, 0.6) with { PValue = 0.0312 }]),
        new(["plain"], [Cell(0.7, 0.8) with { IsBest = true }]),
        new(["one"], [Cell(0.25)]),
    ], ["A note with_ 5 %."]);

    [Fact]
    public void Markdown_has_a_head_a_line_of_dashes_and_the_best_in_bold() => Assert.Equal(
        """
        | model | seeds | test mIoU (%) | p |
        | --- | ---: | ---: | ---: |
        | a\_b\|c, \<d> & 5 % "e" | 2 | 55.00 ± 7.07 | 0.031 |
        | plain | 2 | **75.00 ± 7.07** | best |
        | one | 1 | 25.00 | – |

        A note with\_ 5 %.

        """, TableText.Write(Sample, TableFormat.Markdown));

    [Fact]
    public void Latex_has_the_rules_of_booktabs_and_no_letter_that_TeX_takes_for_its_own() => Assert.Equal(
        """
        % needs \usepackage{booktabs}
        \begin{tabular}{lrrr}
        \toprule
        model & seeds & test mIoU (\%) & p \\
        \midrule
        a\_b|c, $<$d$>$ \& 5 \% "e" & 2 & 55.00 $\pm$ 7.07 & 0.031 \\
        plain & 2 & \textbf{75.00 $\pm$ 7.07} & best \\
        one & 1 & 25.00 & -- \\
        \bottomrule
        \end{tabular}
        % A note with_ 5 %.

        """, TableText.Write(Sample, TableFormat.Latex));

    [Fact]
    public void Csv_has_all_digits_and_quotes_what_would_end_a_field()
    {
        string[] lines = TableText.Write(Sample, TableFormat.Csv).Split('\n');
        Assert.Equal("model,test_miou_mean,test_miou_std,test_miou_seeds,test_miou_p", lines[0]);
        Assert.StartsWith("\"a_b|c, <d> & 5 % \"\"e\"\"\",", lines[1]);
        string[] numbers = lines[2].Split(',');
        Assert.Equal(Sample.Rows[1].Cells[0].Deviation, double.Parse(numbers[2], CultureInfo.InvariantCulture));
        Assert.Equal("one,0.25,,1,", lines[3]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void Html_is_well_formed_and_shows_the_texts_as_they_are()
    {
        XElement table = XElement.Parse(TableText.Write(Sample, TableFormat.Html));
        Assert.Equal("A note with_ 5 %.", table.Element("caption")!.Value);
        XElement[] rows = [.. table.Element("tbody")!.Elements("tr")];
        Assert.Equal("a_b|c, <d> & 5 % \"e\"", rows[0].Elements("td").First().Value);
        Assert.Equal("75.00 ± 7.07", rows[1].Descendants("strong").Single().Value);
        Assert.Empty(rows[0].Descendants("strong"));
    }

    [Fact]
    public void One_row_has_neither_a_best_nor_a_test() => Assert.StartsWith(
        "| model | seeds | test mIoU (%) |\n| --- | ---: | ---: |\n| plain | 2 | 75.00 ± 7.07 |\n",
        TableText.Write(Sample with { Rows = [Sample.Rows[1]] }, TableFormat.Markdown));

    private static SeedCell Cell(params double[] values) =>
        new(values.Select((value, seed) => (seed, value)).ToDictionary(pair => (long)pair.seed, pair => pair.value));
}
