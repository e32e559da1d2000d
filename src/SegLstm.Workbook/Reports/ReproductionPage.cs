using System.Globalization;
using System.Text;
using SegLstm.Experiments.Claims;
using SegLstm.Experiments.Tables;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Reports;

/// <summary>What came of the repository's claims as a page that needs no other file.</summary>
public static class ReproductionPage
{
    /// <summary>The page.</summary>
    /// <param name="command">The command that made it.</param>
    /// <param name="results">What came of each claim.</param>
    public static string ToHtml(string command, IReadOnlyList<ClaimResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        int matches = results.Count(result => result.Verdict == ClaimVerdict.Match);
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n"
            + $"<title>Reproduction</title>\n<style>\n{PageStyle.Css}\n</style>\n</head>\n<body>\n<h1>Reproduction</h1>\n");
        html.Append($"<p class=\"lead\">{matches} of {results.Count} claims match. ")
            .Append($"Made by <code>{Escape(command)}</code>.</p>\n");
        foreach (ClaimResult result in results) Append(html, result);
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>One number beside what was expected of it, in a line.</summary>
    public static string Sentence(ClaimCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return $"{Word(check.Verdict)}: {check.Expected.What}, {check.Expected.Metric} {Number(check.Got)}, expected "
            + Tolerant(check.Expected);
    }

    /// <summary>What is expected, in a line.</summary>
    public static string Sentence(ExpectedValue expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        string published = expected.Published is { } text ? $", published {text}" : "";
        return $"{expected.What}, {expected.Metric} {Tolerant(expected)}{published}";
    }

    private static void Append(StringBuilder html, ClaimResult result)
    {
        Claim claim = result.Claim.Claim;
        bool good = result.Verdict == ClaimVerdict.Match;
        html.Append($"<h2 id=\"{Escape(result.Claim.Name)}\">{Escape(claim.Title)}</h2>\n");
        html.Append($"<p class=\"verdict{(good ? " beats" : "")}\"><b>{Word(result.Verdict)}</b>");
        if (result.Reason.Length > 0) html.Append(": ").Append(Escape(result.Reason));
        html.Append($"</p>\n<p>Scale of the {claim.Scale.ToString().ToLowerInvariant()}; ")
            .Append($"shown in {Escape(claim.Shown)}; ");
        html.Append($"cost: {Escape(claim.Cost)}. Published: {Escape(claim.Published)}</p>\n");
        if (result.Table is { } table)
            html.Append("<div class=\"scroll\">").Append(TableText.Write(table, TableFormat.Html)).Append("</div>\n");
        if (result.Checks.Count > 0) Checks(html, result.Checks);
        if (result.Caption.Length > 0) html.Append($"<p class=\"lead\">{Escape(result.Caption)}</p>\n");
    }

    private static void Checks(StringBuilder html, IReadOnlyList<ClaimCheck> checks)
    {
        html.Append("<div class=\"scroll\"><table>\n<caption>Scores in percent; a number matches within the first tolerance "
            + "and has drifted within the second.</caption>\n<thead><tr>");
        string[] heads = ["Row", "Number", "Expected", "Got", "Match within", "Drift within", "Published", "Verdict"];
        foreach (string head in heads)
            html.Append($"<th scope=\"col\">{head}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (ClaimCheck check in checks)
        {
            ExpectedValue expected = check.Expected;
            html.Append($"<tr><th scope=\"row\">{Escape(expected.What)}</th>");
            foreach (string cell in (string[])[expected.Metric, Number(expected.Value), Number(check.Got), Number(expected.Match),
                Number(expected.Drift), expected.Published ?? "–", Word(check.Verdict)])
                html.Append($"<td>{Escape(cell)}</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static string Tolerant(ExpectedValue expected) =>
        Number(expected.Value) + (expected.Match > 0 ? $" ± {Number(expected.Match)}, drift to ± {Number(expected.Drift)}" : "");

    private static string Word(ClaimVerdict verdict) =>
        verdict == ClaimVerdict.NotMade ? "not made" : verdict.ToString().ToLowerInvariant();

    private static string Number(double? value) => value is not { } number ? "missing"
        : number.ToString(number == Math.Floor(number) && Math.Abs(number) >= 1000 ? "N0" : "0.00", CultureInfo.InvariantCulture);
}
