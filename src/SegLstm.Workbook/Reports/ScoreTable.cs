using System.Globalization;
using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Reports;

/// <summary>The scores of a model beside those of the baselines, class by class, as an HTML table.</summary>
internal static class ScoreTable
{
    internal static string ToHtml(MapReport report)
    {
        MethodResult[] methods = [report.Model, report.Yardstick, .. report.OtherBaselines];
        var scores = Array.ConvertAll(methods, m => m.Matrix.Scores);
        long pixels = report.Model.Matrix.Total;
        var html = new StringBuilder("<table>\n<caption>");
        html.Append(Escape($"In percent, on {pixels.ToString("N0", CultureInfo.InvariantCulture)} held-out pixels; best of a row underlined."));
        html.Append("</caption>\n<thead><tr><th scope=\"col\">Score</th><th scope=\"col\">Share of pixels</th>");
        foreach (MethodResult method in methods) html.Append($"<th scope=\"col\">{Escape(method.Name)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (int c = 0; c < report.Legend.Count; c++)
        {
            string share = Percentage.Text((double)report.Model.Matrix.Labels(c) / pixels, 1);
            AppendRow(html, $"IoU {report.Legend.Names[c]}", share, Array.ConvertAll(scores, s => s.PerClassIoU[c]), total: false);
        }

        AppendRow(html, "mIoU", "", Array.ConvertAll(scores, s => s.MeanIoU), total: true);
        AppendRow(html, "overall accuracy", "", Array.ConvertAll(scores, s => s.OverallAccuracy), total: false);
        AppendRow(html, "average accuracy", "", Array.ConvertAll(scores, s => s.AverageAccuracy), total: false);
        // F1 is undefined where a class is never hit, and a mean over the rest would flatter; Dice counts it as 0.
        AppendRow(html, "mean F1 (Dice)", "", Array.ConvertAll(scores, s => s.MeanDice), total: false);
        AppendRow(html, "Cohen's kappa, times 100", "", Array.ConvertAll(scores, s => s.Kappa), total: false);
        return html.Append("</tbody>\n</table>").ToString();
    }

    internal static string ModelClasses(MapReport report)
    {
        var scores = report.Model.Matrix.Scores;
        var html = new StringBuilder("<table>\n<caption>");
        html.Append(Escape($"{report.Model.Name}, class by class, in percent."));
        html.Append("</caption>\n<thead><tr>");
        foreach (string head in (string[])["Class", "IoU", "F1 (Dice)", "Precision (user's accuracy)", "Recall (producer's accuracy)"])
            html.Append($"<th scope=\"col\">{Escape(head)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (int c = 0; c < report.Legend.Count; c++)
        {
            html.Append($"<tr><th scope=\"row\">{Escape(report.Legend.Names[c])}</th>");
            foreach (double value in (double[])[scores.PerClassIoU[c], scores.PerClassDice[c], scores.PerClassPrecision[c], scores.PerClassRecall[c]])
                html.Append($"<td>{new Percentage(value)}</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody>\n</table>").ToString();
    }

    private static void AppendRow(StringBuilder html, string name, string share, double[] values, bool total)
    {
        html.Append(total ? "<tr class=\"total\">" : "<tr>").Append($"<th scope=\"row\">{Escape(name)}</th><td>{share}</td>");
        double best = values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max();
        foreach (double value in values) html.Append(value == best ? "<td class=\"best\">" : "<td>").Append(new Percentage(value)).Append("</td>");
        html.Append("</tr>\n");
    }
}
