using System.Text;
using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>The list of all pages of a folder.</summary>
internal static class IndexPage
{
    private const string Style = """
        ol.notebooks { list-style: none; padding: 0; display: grid; gap: 1rem; }
        ol.notebooks li { border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1.1rem; }
        ol.notebooks h2 { border: 0; margin: 0; padding: 0; font-size: 1.15rem; } ol.notebooks p { margin: .35rem 0 0; }
        .facts { color: var(--soft); font-size: .88rem; } .state { font-weight: 600; } .state.finished { color: var(--good); }
        .state.failed { color: var(--bad); } .reason { color: var(--bad); font-size: .92rem; overflow-wrap: anywhere; }
        """;

    /// <summary>Makes the page.</summary>
    public static string ToHtml(IReadOnlyList<IndexEntry> entries, string madeBy)
    {
        int finished = entries.Count(entry => entry.State.Status == RunStatus.Finished);
        var html = new StringBuilder(NotebookPage.Head("Notebooks", PageStyle.Css + Environment.NewLine + Style));
        html.Append("</head>\n<body>\n<main>\n<h1>Notebooks</h1>\n");
        string total = Durations.Readable(TimeSpan.FromSeconds(entries.Sum(entry => entry.State.Seconds)));
        html.Append($"<p>{finished} of {entries.Count} finished, {total} in all.</p>\n<ol class=\"notebooks\">\n");
        foreach (IndexEntry entry in entries) html.Append(Item(entry));
        return html.Append($"</ol>\n<footer>{Html.Escape(madeBy)}.</footer>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static string Item(IndexEntry entry)
    {
        RunState state = entry.State;
        string summary = state.Summary.Length == 0 ? "" : $"<p>{Html.Escape(state.Summary)}</p>\n";
        string word = state.Status.ToString().ToLowerInvariant();
        string cells = state.Status == RunStatus.Finished ? $"{state.Total} code cells"
            : $"{state.Cells.Count(cell => cell.Succeeded)} of {state.Total} code cells";
        string reason = state.Failure is null ? "" : $"<p class=\"reason\">{Html.Escape(state.Failure)}</p>\n";
        string link = Html.Escape(Uri.EscapeDataString(entry.Name)) + ".html";
        string time = Durations.Readable(TimeSpan.FromSeconds(state.Seconds));
        return $"<li>\n<h2><a href=\"{link}\">{Html.Escape(state.Title)}</a></h2>\n{summary}"
            + $"<p class=\"facts\"><span class=\"state {word}\">{word}</span>, {cells}, {time}, "
            + $"{Html.Escape(entry.Name)}.ipynb</p>\n{reason}</li>\n";
    }
}
