using System.Xml.Linq;
using SegLstm.Metrics;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Tests.Figures;

public class ConfusionFigureTests
{
    [Fact]
    public void A_matrix_is_drawn_as_approved()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add<byte, byte>([0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]);

        Approval.Check("confusion.svg", ConfusionFigure.ToSvg(matrix, ["water", "built-or-bare", "never seen"], "Confusion matrix"));
    }

    [Fact]
    public void Names_are_escaped_and_the_drawing_is_well_formed()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add<byte, byte>([0, 1], [0, 1]);

        string svg = ConfusionFigure.ToSvg(matrix, ["<a>", "b & \"c\""], "<t>");

        Assert.Contains(XDocument.Parse(svg).Descendants(), e => e.Value == "b & \"c\"");
    }

    [Fact]
    public void Each_class_needs_a_name() =>
        Assert.Throws<ArgumentException>(() => ConfusionFigure.ToSvg(new ConfusionMatrix(3), ["a", "b"], "t"));
}
