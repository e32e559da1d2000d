using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Metrics;
using SegLstm.Workbook.Exercises;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Formatters;

/// <summary>Tells the notebook host how to show our values, each as HTML and as plain text.</summary>
internal static class NotebookFormatters
{
    private const string Html = "text/html", Plain = "text/plain", Png = "image/png", PlotlyJson = "application/vnd.plotly.v1+json";

    internal static void Register()
    {
        Add<NotebookStart>(Start, start => start.ToString());
        Add<Figure>(FigureHtml.ForCell, figure => figure.ToString(), (PlotlyJson, figure => figure.ToJson()));
        Add<Table>(TableHtml.Of, table => table.ToString());
        Add<Picture>(PictureHtml.Of, picture => picture.ToString(), (Png, picture => Convert.ToBase64String(picture.Image.ToPng())));
        Add<PictureRow>(PictureHtml.Of, row => row.ToString());
        Add<RgbImage>(image => PictureHtml.Of(Untitled(image)), image => Untitled(image).ToString(), (Png, image => Convert.ToBase64String(image.ToPng())));
        Add<ConfusionTable>(ConfusionHtml.Of, table => table.ToString());
        Add<ConfusionMatrix>(matrix => ConfusionHtml.Of(Tables.Confusion(matrix)), matrix => Tables.Confusion(matrix).ToString());
        Add<ExerciseResult>(ExerciseBox.ToHtml, result => result.ToString());
        Add<ProgressState>(ProgressHtml.Of, state => state.ToString());
    }

    private static string Start(NotebookStart start) =>
        $"{PlotlyLibrary.Embed()}\n{Style.Element}<p class=\"seglstm\">{Markup.Escape(start.ToString())}</p>";

    private static Picture Untitled(RgbImage image) => new("picture", image) { Alternative = $"A picture of {image.Width} x {image.Height} pixels." };

    private static void Add<T>(Func<T, string> html, Func<T, string> text, params (string Type, Func<T, string> Content)[] others)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), Html);
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), Plain);
        foreach (var (type, content) in others) Formatter.Register<T>((value, writer) => writer.Write(content(value)), type);
        Formatter.SetPreferredMimeTypesFor(typeof(T), [Html, .. others.Select(o => o.Type), Plain]);
    }
}
