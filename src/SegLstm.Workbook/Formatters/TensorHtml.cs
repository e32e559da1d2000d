using System.Text;
using TorchSharp;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>A tensor as HTML: its facts as a table, its numbers below.</summary>
internal static class TensorHtml
{
    internal static string Of(torch.Tensor tensor)
    {
        var summary = TensorSummary.Of(tensor);
        var html = new StringBuilder(Style.Element).Append("<div class=\"seglstm\"><table><caption>Tensor</caption><tbody>\n");
        Facts.Append(html, summary.Facts);
        html.Append("</tbody></table>");
        if (summary.Values.Length > 0) html.Append($"<pre>{Escape(summary.Values)}</pre>");
        return html.Append("</div>").ToString();
    }
}
