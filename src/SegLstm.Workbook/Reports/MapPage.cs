using System.Globalization;
using System.Text;
using SegLstm.Data;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Formatters;
using SegLstm.Workbook.Images;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Reports;

/// <summary>
/// Makes the page about a mapped scene: one HTML file that needs no other file, no network and no script. The same report
/// gives the same bytes.
/// </summary>
public static class MapPage
{
    /// <summary>Points of the training loss whose mean is drawn over the noisy losses.</summary>
    private const int SmoothedSteps = 20;

    /// <summary>Makes the page.</summary>
    /// <param name="report">What it shows.</param>
    /// <exception cref="ArgumentException">The report's parts do not fit together.</exception>
    public static string ToHtml(MapReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Validate();
        string title = $"{report.Model.Name} maps {report.SceneName}";
        var verdict = Verdict.Of(report.Model, report.Yardstick);
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // The browser itself sees to it that nothing is loaded from anywhere.
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.Append($"<title>{Escape(title)}</title>\n<style>\n{PageStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        html.Append($"<h1>{Escape(title)}</h1>\n<p class=\"lead\">{Escape(Lead(report))}</p>\n");
        html.Append($"<p class=\"verdict{(verdict.Beats ? " beats" : "")}\">{Escape(verdict.Sentence)}</p>\n");
        if (report.Note.Length > 0) html.Append($"<p>{Escape(report.Note)}</p>\n");
        AppendMaps(html, report);
        html.Append($"<h2>Scores</h2>\n<div class=\"scroll\">{ScoreTable.ToHtml(report)}</div>\n");
        html.Append("<h2>Where it errs</h2>\n<div class=\"charts\">\n<figure class=\"confusion\">");
        html.Append(Inline(ConfusionFigure.ToSvg(report.Model.Matrix, report.Legend.Names, "Confusion matrix, held-out pixels")));
        html.Append($"</figure>\n<div class=\"scroll\">{ScoreTable.ModelClasses(report)}</div>\n</div>\n");
        html.Append("<h2>Training</h2>\n<div class=\"charts\">\n");
        html.Append($"<figure>{Inline(LossChart(report).ToSvg())}</figure>\n<figure>{Inline(ScoreChart(report).ToSvg())}</figure>\n</div>\n");
        html.Append("<h2>How it was made</h2>\n<div class=\"facts-row\">\n");
        AppendFacts(html, "Cost", Cost(report));
        AppendFacts(html, "Recipe", report.Recipe);
        AppendFacts(html, "Versions", report.Versions);
        html.Append("</div>\n");
        html.Append($"<h2>Data</h2>\n<p>{Escape(report.Provenance)}</p>\n<p>{Escape($"Split: {report.SplitDescription}.")}</p>\n");
        html.Append($"<h2>Again</h2>\n<p>This page was made by <code>{Escape(report.Command)}</code></p>\n");
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Lead(MapReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Scene.Width} x {report.Scene.Height} pixels, {report.Legend.Count} classes, {report.Parameters:N0} parameters, trained for {Durations.Readable(report.TrainingTime)}.");

    private static void AppendMaps(StringBuilder html, MapReport report)
    {
        string classes = string.Join(", ", report.Legend.Names);
        html.Append("<h2>The map</h2>\n<div class=\"maps\">\n");
        AppendMap(html, report.Scene, "Scene", "", $"The scene {report.SceneName} in natural or false colours.");
        AppendMap(html, MapColors.Paint(report.Truth, report.Legend), "Truth", "", $"Map of the true classes: {classes}.");
        AppendMap(html, MapColors.Paint(report.Prediction, report.Legend), "Prediction", "", $"Map of the classes that {report.Model.Name} predicts: {classes}.");
        AppendMap(html, MapColors.Errors(report.Prediction, report.Truth, report.HeldOut), "Errors", "pale: not held out, not counted",
            string.Create(CultureInfo.InvariantCulture, $"Map of right and wrong pixels; {100 * report.Model.Matrix.Scores.OverallAccuracy:0.0} % of the held-out ones are right."));
        html.Append("</div>\n");

        var truth = LegendEntry.Of(report.Truth, report.Legend);
        var predicted = LegendEntry.Of(report.Prediction, report.Legend);
        html.Append("<ul class=\"legend\" aria-label=\"Legend of the classes with their shares of the scene\">\n");
        for (int i = 0; i < truth.Count; i++)
            AppendLegendItem(html, truth[i].Color, truth[i].Name, $"truth {truth[i].Share}, predicted {predicted[i].Share}");
        html.Append("</ul>\n<ul class=\"legend\" aria-label=\"Legend of the error map\">\n");
        AppendLegendItem(html, MapColors.Right, "right", "");
        AppendLegendItem(html, MapColors.Wrong, "wrong", "");
        if (report.Truth.Classes.Contains(LabelMap.Ignore)) AppendLegendItem(html, MapColors.Ignored, "no label", "");
        html.Append("</ul>\n");
    }

    private static void AppendMap(StringBuilder html, RgbImage picture, string name, string remark, string alternative) =>
        html.Append($"<figure><img src=\"{picture.ToDataUri()}\" width=\"{picture.Width}\" height=\"{picture.Height}\" alt=\"{Escape(alternative)}\">")
            .Append($"<figcaption><strong>{Escape(name)}</strong>{(remark.Length > 0 ? $" ({Escape(remark)})" : "")}</figcaption></figure>\n");

    private static void AppendLegendItem(StringBuilder html, Rgb color, string name, string remark) =>
        html.Append($"<li><span class=\"swatch\" style=\"background:{color}\"></span>{Escape(name)}")
            .Append(remark.Length > 0 ? $" <small>{Escape(remark)}</small>" : "").Append("</li>\n");

    private static LineChart LossChart(MapReport report)
    {
        var loss = Line("each step", report.Loss, 1) with { Faint = true, Color = OkabeIto.Blue };
        bool smooth = report.Loss.Count > 2 * SmoothedSteps;
        return new LineChart
        {
            Title = "Training loss",
            XLabel = "optimizer step",
            YLabel = "cross entropy (nats per pixel)",
            Series = smooth ? [loss, loss.RunningMean($"mean of the last {SmoothedSteps} steps", SmoothedSteps)] : [loss with { Faint = false }],
        };
    }

    private static LineChart ScoreChart(MapReport report) => new()
    {
        Title = "mIoU on the validation blocks",
        XLabel = "optimizer step",
        YLabel = "mIoU (%)",
        Series = [Line(report.Model.Name, report.ValidationMeanIoU, 100) with { Markers = true }],
        References = report.YardstickValidationMeanIoU is { } score ? [new ReferenceLine(report.Yardstick.Name, 100 * score)] : [],
    };

    private static Series Line(string name, IReadOnlyList<(long Iteration, double Value)> points, double factor) => new()
    {
        Name = name,
        X = [.. points.Select(p => (double)p.Iteration)],
        Y = [.. points.Select(p => factor * p.Value)],
    };

    private static IReadOnlyList<(string, string)> Cost(MapReport report) =>
    [
        ("Parameters", report.Parameters.ToString("N0", CultureInfo.InvariantCulture)),
        ("FLOPs", $"{Scaled(report.Flops)}FLOP a forward pass of {report.FlopsImage}"),
        ("Training", Durations.Readable(report.TrainingTime)),
        ("Mapping the scene", Durations.Readable(report.PredictionTime)),
        ("Peak memory", string.Create(CultureInfo.InvariantCulture, $"{report.PeakMemoryBytes / 1048576.0:N0} MiB")),
        ("Threads", report.Threads.ToString(CultureInfo.InvariantCulture)),
        ("Seed", report.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    private static void AppendFacts(StringBuilder html, string title, IReadOnlyList<(string Name, string Value)> facts)
    {
        if (facts.Count == 0) return;
        html.Append($"<table class=\"facts\"><caption><strong>{Escape(title)}</strong></caption>\n<tbody>\n");
        Facts.Append(html, facts);
        html.Append("</tbody></table>\n");
    }

    private static string Scaled(double value)
    {
        (double unit, string prefix) = value >= 1e12 ? (1e12, "T") : value >= 1e9 ? (1e9, "G") : value >= 1e6 ? (1e6, "M") : (1, "");
        return (value / unit).ToString("0.##", CultureInfo.InvariantCulture) + " " + prefix;
    }

    // Inside HTML an SVG needs no namespace, and a page without any address in it is plainly seen to be self-contained.
    private static string Inline(string svg) => svg.Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
}
