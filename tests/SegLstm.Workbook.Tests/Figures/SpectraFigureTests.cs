using System.Text.Json.Nodes;
using SegLstm.Training.Hyperspectral;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Figures;

public class SpectraFigureTests
{
    private static readonly SpectralCube Cube = new([1, 10, 3, 14, 100, float.NaN, 5, 6], 2, 2, 2);

    [Fact]
    public void A_class_is_its_mean_within_a_deviation_and_classes_without_pixels_are_left_out()
    {
        Figure figure = SpectraFigure.Of(Cube, [1, 1, 3, 0], ["water", "grass", "roof"], [450, 900], "Spectra", "%");
        double[] Numbers(int trace, string axis) => NumbersOf(figure, trace, axis);
        Assert.Equal([450.0, 900], Numbers(0, "x"));
        Assert.Equal([2.0, 12], Numbers(0, "y"));
        Assert.Equal([1.0, 10], Numbers(1, "y"));
        Assert.Equal([3.0, 14], Numbers(2, "y"));
        Assert.Contains("water (2 px)", figure.ToString());
        Assert.DoesNotContain("grass", figure.ToString());
        Assert.Contains("roof (1 px)", figure.ToString());
        Assert.Contains("nm", figure.ToJson());
    }

    [Fact]
    public void Importance_is_a_line_a_class()
    {
        Figure figure = SpectraFigure.Of(
            new BandImportance([[0.1, 0.2, 0.2], [double.NaN, double.NaN, double.NaN]]), ["water", "grass"], null, "Read");
        Assert.Equal([1.0, 2, 3], NumbersOf(figure, 0, "x"));
        Assert.Equal([0.1, 0.2, 0.2], NumbersOf(figure, 0, "y"));
        Assert.DoesNotContain("grass", figure.ToString());
    }

    [Fact]
    public void Labels_names_and_wavelengths_that_do_not_fit_are_refused()
    {
        Assert.Contains("up to 2", Assert.Throws<ArgumentException>(() => SpectraFigure.Of(Cube, [1, 2, 0, 0], ["water"], null, "")).Message);
        Assert.Contains("4 pixels", Assert.Throws<ArgumentException>(() => SpectraFigure.Of(Cube, [1], ["water"], null, "")).Message);
        Assert.Contains("2 wavelengths", Assert.Throws<ArgumentException>(() => SpectraFigure.Of(Cube, [1, 0, 0, 0], ["water"], [1], "")).Message);
        Assert.Contains("1 classes", Assert.Throws<ArgumentException>(() => SpectraFigure.Of(new BandImportance([[1]]), [], null, "")).Message);
    }

    private static double[] NumbersOf(Figure figure, int trace, string axis) =>
        [.. JsonNode.Parse(figure.ToJson())!["data"]!.AsArray()[trace]![axis]!.AsArray().Select(v => (double)v!)];
}
