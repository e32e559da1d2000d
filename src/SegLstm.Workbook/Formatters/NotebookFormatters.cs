using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Metrics;
using SegLstm.Workbook.Exercises;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Plotly;
using TorchSharp;

namespace SegLstm.Workbook.Formatters;

/// <summary>Tells the notebook host how to show our values, each as HTML and as plain text.</summary>
internal static class NotebookFormatters
{
    private const string Html = "text/html", Plain = "text/plain", Png = "image/png",
        PlotlyJson = "application/vnd.plotly.v1+json", MapTitle = "class map";

    private static ITypeFormatter? s_registered;

    /// <summary>
    /// Registers all formatters, unless they are: what the notebook's author registers afterwards stays. A host that runs several
    /// notebooks takes them away in between.
    /// </summary>
    internal static void Register()
    {
        if (s_registered is not null && ReferenceEquals(s_registered, Registered())) return;
        Add<NotebookStart>(Start, start => start.ToString());
        Add<torch.Tensor>(TensorHtml.Of, tensor => TensorSummary.Of(tensor).ToString());
        Add<torch.nn.Module>(ModuleTree.ToHtml, ModuleTree.ToText);
        Add<Scene>(SceneHtml.Of, SceneHtml.Text);
        Add<Raster>(SceneHtml.Of, SceneHtml.Text);
        Add<LabelMap>(map => PictureHtml.Of(Untitled(map)), Words,
            (Png, map => Convert.ToBase64String(Untitled(map).Image.ToPng())));
        Add<Scores>(scores => TableHtml.Of(ScoresTable.Of(scores)), scores => ScoresTable.Of(scores).ToString());
        Add<Figure>(FigureHtml.ForCell, figure => figure.ToString(), [.. PlotlyForms()]);
        Add<Table>(TableHtml.Of, table => table.ToString());
        Add<Picture>(PictureHtml.Of, picture => picture.ToString(),
            (Png, picture => Convert.ToBase64String(picture.Image.ToPng())));
        Add<PictureRow>(PictureHtml.Of, row => row.ToString());
        Add<RgbImage>(image => PictureHtml.Of(Untitled(image)), image => Untitled(image).ToString(),
            (Png, image => Convert.ToBase64String(image.ToPng())));
        Add<ConfusionTable>(ConfusionHtml.Of, table => table.ToString());
        Add<ConfusionMatrix>(matrix => ConfusionHtml.Of(Tables.Confusion(matrix)), matrix => Tables.Confusion(matrix).ToString());
        Add<ExerciseResult>(ExerciseBox.ToHtml, result => result.ToString());
        Add<ProgressState>(ProgressHtml.Of, state => state.ToString());
        s_registered = Registered();
    }

    private static ITypeFormatter Registered() => Formatter.GetPreferredFormatterFor(typeof(NotebookStart), Html);

    private static string Start(NotebookStart start) =>
        $"{PlotlyLibrary.Embed()}\n{Style.Element}<p class=\"seglstm\">{Markup.Escape(start.ToString())}</p>";

    private static Picture Untitled(RgbImage image) =>
        new("picture", image) { Alternative = $"A picture of {image.Width} x {image.Height} pixels." };

    // .NET Interactive sends JSON as a text, which front ends with a Plotly of their own cannot draw.
    private static IEnumerable<(string, Func<Figure, string>)> PlotlyForms() =>
        AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "Microsoft.DotNet.Interactive")
            ? []
            : [(PlotlyJson, figure => figure.ToJson())];

    private static Picture Untitled(LabelMap map) => Pictures.Map(map, Numbered(map), MapTitle);

    private static string Words(LabelMap map)
    {
        var legend = LegendEntry.Of(map, Numbered(map));
        return Picture.Words(MapTitle, map.Width, map.Height, Pictures.Alternative(MapTitle, legend), legend);
    }

    // A map without a legend: its classes are numbers, in colours that differ.
    private static ClassLegend Numbered(LabelMap map)
    {
        int classes = 1 + map.Classes.ToArray().Where(c => c != LabelMap.Ignore).Select(c => (int)c).DefaultIfEmpty(0).Max();
        return new ClassLegend([.. Enumerable.Range(0, classes).Select(c => ($"class {c}", Hue(c)))]);
    }

    // Okabe and Ito's colours first; beyond them paler ones.
    private static Rgb Hue(int number)
    {
        Rgb color = Rgb.FromHex(Convert.ToInt32(OkabeIto.Line(number)[1..], 16));
        for (int i = 0; i < number / OkabeIto.LineColors; i++) color = MapColors.Pale(color);
        return color;
    }

    private static void Add<T>(Func<T, string> html, Func<T, string> text, params (string Type, Func<T, string> Content)[] others)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), Html);
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), Plain);
        foreach (var (type, content) in others) Formatter.Register<T>((value, writer) => writer.Write(content(value)), type);
        Formatter.SetPreferredMimeTypesFor(typeof(T), [Html, .. others.Select(o => o.Type), Plain]);
    }
}
