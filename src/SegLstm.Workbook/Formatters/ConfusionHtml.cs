using System.Globalization;
using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>
/// A confusion matrix as an HTML table: in each cell the share of the true class and the count, bluer for more.
/// </summary>
internal static class ConfusionHtml
{
    internal static string Of(ConfusionTable table)
    {
        var html = new StringBuilder(Style.Element)
            .Append($"<div class=\"seglstm scroll\"><table><caption>{Escape(table.Title)}</caption>");
        html.Append("<thead><tr><td></td>")
            .Append($"<th scope=\"colgroup\" colspan=\"{table.Names.Count}\">predicted class: percent of the true class (pixels)</th><td></td></tr>");
        html.Append("<tr><th scope=\"col\">true class</th>");
        foreach (string name in table.Names) html.Append($"<th scope=\"col\" class=\"number\">{Escape(name)}</th>");
        html.Append("<th scope=\"col\" class=\"number\">pixels</th></tr></thead>\n<tbody>\n");
        for (int truth = 0; truth < table.Names.Count; truth++)
        {
            html.Append($"<tr><th scope=\"row\">{Escape(table.Names[truth])}</th>");
            for (int guess = 0; guess < table.Names.Count; guess++) AppendCell(html, table, truth, guess);
            html.Append($"<td class=\"number\">{ConfusionTable.Count(table.Matrix.Labels(truth))}</td></tr>\n");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static void AppendCell(StringBuilder html, ConfusionTable table, int truth, int guess)
    {
        long labels = table.Matrix.Labels(truth), pixels = table.Matrix[truth, guess];
        // Half as strong as the colour itself, so that letters stay readable on light and on dark.
        double strength = labels == 0 ? 0 : 0.5 * pixels / labels;
        html.Append(string.Create(CultureInfo.InvariantCulture,
            $"<td class=\"number\" style=\"background:rgba(0,114,178,{strength:0.###})\">"))
            .Append(truth == guess ? $"<strong>{table.Share(truth, guess)}</strong>" : table.Share(truth, guess))
            .Append($" <span class=\"muted\">({ConfusionTable.Count(pixels)})</span></td>");
    }
}
