using System.Globalization;
using System.Text;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>
/// Makes the page of a notebook: one HTML file that holds all it shows and loads nothing, which the browser itself sees to.
/// Scripts in the outputs run when the page is opened, as they do in Jupyter: open the pages of notebooks that you trust.
/// </summary>
public static class NotebookPage
{
    /// <summary>What the browser lets a page do: run and draw what is in it, and load nothing from anywhere.</summary>
    internal const string Policy = "default-src 'none'; img-src data: blob:; media-src data: blob:; font-src data:; "
        + "style-src 'unsafe-inline'; "
        + "script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; base-uri 'none'; form-action 'none'";

    /// <summary>Makes the page.</summary>
    /// <param name="notebook">The notebook, its outputs in it.</param>
    /// <param name="context">Where it lies, and what is known of its run.</param>
    public static string ToHtml(NotebookDocument notebook, PageContext context) =>
        ToHtml(notebook, new PageText(notebook, context.Files), context);

    /// <summary>Makes the page of a notebook whose text has been read.</summary>
    internal static string ToHtml(NotebookDocument notebook, PageText text, PageContext context)
    {
        var outputs = new OutputHtml(text);
        string title = text.Title ?? context.Name;
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells) body.Append(Cell(cell, text, outputs, context));
        string content = body.ToString();

        var html = new StringBuilder(Head(title, PageStyle.Css + Environment.NewLine + PageStyle.Notebook));
        bool hasFormulas = content.Contains("class=\"math\"", StringComparison.Ordinal);
        if (hasFormulas) html.Append("<style>").Append(WebLibrary.FormulaStyle(content)).Append("</style>\n");
        // Before the outputs: their own scripts may draw with it.
        if (outputs.NeedsPlotly)
            html.Append("<script>").Append(Html.Script(WebLibrary.Read("plotly/plotly-cartesian.min.js"))).Append("</script>\n");
        html.Append("</head>\n<body>\n").Append(Contents(text.Headings, context)).Append("<main>\n");
        if (context.Failure is { } failure)
        {
            html.Append($"<p class=\"failure\">This notebook did not finish. {Html.Escape(failure)}</p>\n");
        }

        html.Append(content).Append($"<footer>{Html.Escape(context.Footer)}</footer>\n</main>\n");
        if (hasFormulas) html.Append("<script>").Append(Html.Script(WebLibrary.Read("katex/katex.min.js"))).Append("</script>\n");
        if (content.Contains("class=\"mermaid\"", StringComparison.Ordinal))
        {
            html.Append("<script>").Append(Html.Script(WebLibrary.Read("mermaid/mermaid.tiny.js"))).Append("</script>\n");
        }

        return html.Append("<script>").Append(PageScript.Code).Append("</script>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The head of a page, still open.</summary>
    internal static string Head(string title, string style) =>
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n"
        + $"<title>{Html.Escape(title)}</title>\n<style>\n{style}\n</style>\n";

    private static string Contents(IReadOnlyList<PageHeading> headings, PageContext context)
    {
        var html = new StringBuilder("<nav class=\"contents\">\n");
        if (context.IndexLink is { } index) html.Append($"<p><a href=\"{Html.Escape(index)}\">All notebooks</a></p>\n");
        PageHeading[] shown = [.. headings.Where(heading => heading.Level <= 3)];
        if (shown.Length > 1)
        {
            html.Append("<details open><summary>Contents</summary>\n<ul>\n");
            foreach (PageHeading heading in shown)
            {
                html.Append(
                    $"<li class=\"level-{heading.Level}\"><a href=\"#{Html.Escape(heading.Anchor)}\">{heading.Html}</a></li>\n");
            }

            html.Append("</ul>\n</details>\n");
        }

        return html.Append("</nav>\n").ToString();
    }

    private static string Cell(NotebookCell cell, PageText text, OutputHtml outputs, PageContext context)
    {
        string tags = string.Concat(
            cell.Tags.Select(tag => " tag-" + new string([.. tag.Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')])));
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                return $"<section class=\"cell text{tags}\" id=\"cell-{cell.Index + 1}\">\n{text.Cell(cell)}</section>\n";
            case CellKind.Raw:
                return $"<section class=\"cell raw{tags}\" id=\"cell-{cell.Index + 1}\">\n"
                    + $"<pre>{Html.Escape(cell.Source)}</pre>\n</section>\n";
            default:
                string number = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
                string code = $"<pre class=\"code\"><code>{CodeColours.Cell(cell.Source, "csharp")}</code></pre>\n";
                string shown = outputs.Render(cell.Outputs);
                if (FoldName(cell) is { } name) code = $"<details class=\"fold\"><summary>{name}</summary>\n{code}</details>\n";
                if (cell.AreOutputsHidden && shown.Length > 0)
                    shown = $"<details class=\"fold\"><summary>Output</summary>\n{shown}</details>\n";
                string failed = context.FailedCell == cell.Index ? " failed" : "";
                return $"<section class=\"cell program{failed}{tags}\" id=\"cell-{cell.Index + 1}\">\n"
                    + $"<a class=\"number\" href=\"#cell-{cell.Index + 1}\" title=\"Link to this cell\">[{number}]</a>\n"
                    + $"<div class=\"body\">\n{code}{shown}</div>\n</section>\n";
        }
    }

    // Exercises and solutions are open for whoever wants to see them.
    private static string? FoldName(NotebookCell cell) =>
        cell.IsTagged("exercise") ? "Exercise"
        : cell.IsTagged("solution") ? "Solution"
        : cell.IsSourceHidden ? "Code"
        : null;
}
