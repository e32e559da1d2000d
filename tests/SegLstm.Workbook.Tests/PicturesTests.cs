using SegLstm.Data;
using SegLstm.Workbook.Formatters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests;

public class PicturesTests
{
    private static readonly ClassLegend Legend = new(("water", new Rgb(0, 0, 200)), ("land", new Rgb(0, 200, 0)));

    private static Scene Tiny(bool labelled = true) => new()
    {
        Name = "tiny",
        Image = arange(12, ScalarType.Float32).reshape(3, 2, 2),
        BandNames = ["blue", "green", "red"],
        DisplayBands = [2, 1, 0],
        Label = labelled ? tensor(new long[] { 0, 1, 1, 255 }).reshape(2, 2) : null,
        Legend = Legend,
        Provenance = "a test",
    };

    [Fact]
    public void One_and_two_bands_show_in_grey_three_in_colours()
    {
        using var scope = NewDisposeScope();

        Assert.All(new[] { rand(4, 4), rand(1, 4, 4), rand(2, 4, 4) }, image =>
        {
            var color = Pictures.Of(image).Image[1, 1];
            Assert.True(color.R == color.G && color.G == color.B);
        });
        Assert.Equal(new Rgb(255, 0, 0), Pictures.Of(tensor(new float[] { 0, 1, 1, 0, 1, 0 }).reshape(3, 1, 2)).Image[1, 0]);
    }

    [Fact]
    public void A_batch_is_refused_with_what_to_do()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[0]", Assert.Throws<ArgumentException>(() => Pictures.Of(zeros(1, 3, 4, 4))).Message);
    }

    [Fact]
    public void An_overlay_is_half_scene_half_class_unless_told_otherwise()
    {
        using var scope = NewDisposeScope();
        var below = new Picture("black", new(1, 1));

        Assert.Equal(new Rgb(0, 0, 100), Pictures.Overlay(below, zeros(1, 1, ScalarType.Int64), Legend).Image[0, 0]);
        Assert.Equal(new Rgb(0, 0, 200), Pictures.Overlay(below, zeros(1, 1, ScalarType.Int64), Legend, opacity: 1).Image[0, 0]);
    }

    [Fact]
    public void A_comparison_shows_image_truth_prediction_and_errors_with_shares()
    {
        using var scope = NewDisposeScope();
        using var scene = Tiny();

        var row = Pictures.Compare(scene, tensor(new long[] { 0, 1, 0, 0 }).reshape(2, 2));

        Assert.Equal(["image", "truth", "prediction", "errors"], row.Pictures.Select(p => p.Title));
        Assert.Equal([("water", "33.3 %"), ("land", "66.7 %")], row.Pictures[1].Legend.Select(e => (e.Name, e.Share)));
        Assert.Equal([("right", "50.0 %"), ("wrong", "25.0 %"), ("no label", "25.0 %")],
            row.Pictures[3].Legend.Select(e => (e.Name, e.Share)));
        Assert.Throws<ArgumentException>(() => Pictures.Compare(Tiny(labelled: false), scene.Label!));
    }

    [Fact]
    public void A_row_in_html_is_as_approved()
    {
        using var scope = NewDisposeScope();
        using var scene = Tiny();

        Approval.Check("pictures.html", PictureHtml.Of(Pictures.Compare(scene, tensor(new long[] { 0, 1, 0, 0 }).reshape(2, 2))));
    }

    [Fact]
    public void Every_picture_of_a_page_has_an_alternative_text()
    {
        using var scope = NewDisposeScope();
        string html = PictureHtml.Of(Pictures.Row(Pictures.Of(rand(3, 4, 4), "a < b"), Pictures.Of(rand(4, 4))));

        Assert.Equal(2, html.Split("<img ").Length - 1);
        Assert.Equal(2, html.Split(" alt=\"").Length - 1);
        Assert.Contains("a &lt; b", html);
        Assert.DoesNotContain("<script", html);
    }
}
