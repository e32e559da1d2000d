using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Data;
using SegLstm.Metrics;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Plotly;
using TorchSharp;

namespace SegLstm.Workbook.Tests.Formatters;

// One collection: what a page already holds is a fact of the whole process.
[Collection(nameof(Notebook))]
public class NotebookFormattersTests
{
    [Fact]
    public void Everything_is_shown_as_html_and_as_text()
    {
        Notebook.Start();
        using var scope = torch.NewDisposeScope();
        var map = new LabelMap(2, 1, [0, 1]);
        object[] values =
        [
            NotebookStart.Now(), torch.zeros(2), new TorchSharp.Modules.Parameter(torch.zeros(2)), torch.nn.Linear(2, 2),
            Tests.Plotly.Figures.Bars(),
            new Table("a").Row(1), Pictures.Of(torch.rand(2, 2)), Pictures.Row(Pictures.Of(torch.rand(2, 2))),
            new RgbImage(2, 2), map,
            new ConfusionMatrix(2), Tables.Confusion(new ConfusionMatrix(2)), new ConfusionMatrix(2).Scores,
            SceneCatalog.Load("synthetic-rural"),
            new ProgressState { Title = "t", Total = 1 },
        ];

        Assert.All(values, value =>
        {
            string[] types = [.. Formatter.GetPreferredMimeTypesFor(value.GetType())];
            Assert.Equal("text/html", types[0]);
            Assert.Equal("text/plain", types[^1]);
            Assert.NotEmpty(value.ToDisplayString("text/plain"));
            string html = value.ToDisplayString("text/html");
            Assert.Contains("<", html);
            if (value is not (Figure or NotebookStart)) Assert.DoesNotContain("<script", html);
        });
    }

    [Fact]
    public void The_next_notebook_of_the_same_host_shows_values_too()
    {
        Notebook.Start();
        Formatter.ResetToDefault();

        Notebook.Start();

        Assert.Contains("<img", Pictures.Of(torch.rand(2, 2)).ToDisplayString("text/html"));
    }

    [Fact]
    public void What_the_author_registers_stays_when_the_first_cell_runs_again()
    {
        Notebook.Start();
        Formatter.Register<ProgressState>((_, writer) => writer.Write("mine"), "text/plain");

        Notebook.Start();

        Assert.Equal("mine", new ProgressState { Title = "t", Total = 1 }.ToDisplayString("text/plain"));
        Formatter.ResetToDefault();
        Notebook.Start();
    }

    [Fact]
    public void A_figure_has_a_plotly_form_and_pictures_a_png_form()
    {
        Notebook.Start();

        Assert.Contains("application/vnd.plotly.v1+json", Formatter.GetPreferredMimeTypesFor(typeof(Figure)));
        Assert.StartsWith("{\"data\":", Tests.Plotly.Figures.Bars().ToDisplayString("application/vnd.plotly.v1+json"));
        Assert.Equal(new RgbImage(3, 2).ToPng(), Convert.FromBase64String(new RgbImage(3, 2).ToDisplayString("image/png")));
    }

    [Fact]
    public void The_library_is_on_the_page_once_and_again_when_the_first_cell_is_run_again()
    {
        const string Library = "plotly.js (cartesian";
        var figure = Tests.Plotly.Figures.Bars();

        Assert.Contains(Library, Notebook.Start().ToDisplayString("text/html"));
        Assert.DoesNotContain(Library, figure.ToDisplayString("text/html"));
        Assert.Contains(Library, Notebook.Start().ToDisplayString("text/html"));
        PlotlyLibrary.Forget();
        Assert.Contains(Library, figure.ToDisplayString("text/html"));
        Assert.DoesNotContain(Library, figure.ToDisplayString("text/html"));
    }

    [Fact]
    public void The_first_cell_says_what_the_notebook_runs_on() =>
        Assert.Matches(@"^SegLstm [\d.]+, libtorch [\d.]+, \d+ threads?, device (cpu|cuda)$",
            Notebook.Start().ToDisplayString("text/plain"));
}
