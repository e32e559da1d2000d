using System.Text;
using SegLstm.Workbook.Figures;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Exercises;

/// <summary>A result as a box with a coloured edge; the hint is folded away. It reads in light and dark notebooks.</summary>
internal static class ExerciseBox
{
    internal static string ToHtml(ExerciseResult result)
    {
        // The words say the same, for whoever does not see the colours.
        string edge = result.Passed ? OkabeIto.Green
            : result.Outcome == ExerciseOutcome.NotYet ? "#888888" : OkabeIto.Vermilion;
        string sign = result.Passed ? "\u2713" : result.Outcome == ExerciseOutcome.NotYet ? "\u2026" : "\u2717";
        var html = new StringBuilder($"<div style=\"border-left:5px solid {edge};padding:.3em .8em;margin:.3em 0\">");
        html.Append($"<b>{sign} {Escape(result.Title)}</b> – {Escape(result.Headline)}");
        foreach (string line in new[] { result.Counts, result.Where }.Where(line => line.Length > 0))
            html.Append($"<div style=\"font-family:monospace;white-space:pre-wrap\">{Escape(line)}</div>");
        if (!result.Passed)
            html.Append($"<details><summary>Hint</summary>{Escape(result.Hint)}</details>");
        return html.Append("</div>").ToString();
    }
}
