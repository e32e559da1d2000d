using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Plotly;

/// <summary>A figure as HTML: a place that says in words what will be drawn, its data, and a script that draws it.</summary>
internal static class FigureHtml
{
    /// <summary>Waits for plotly.js, which another cell's output holds, and draws into every place of this figure.</summary>
    private const string Waiter = """
        (function go(tries){var all=document.querySelectorAll('[data-seglstm-figure="ID"]:not([data-drawn])');
        if(window.SegLstmFigures&&window.Plotly&&all.length){all.forEach(function(n){window.SegLstmFigures.draw(n,figure)});return}
        if(tries==100)all.forEach(function(n){var p=document.createElement('p');p.textContent='Not drawn: plotly.js is not on this page. Run the cell with Notebook.Start() again.';n.prepend(p)});
        if(tries<6000)setTimeout(function(){go(tries+1)},tries<100?50:500)})(0);
        """;

    /// <summary>The figure alone; the page holds plotly.js elsewhere.</summary>
    internal static string Of(Figure figure)
    {
        var layout = new FigureLayout(figure);
        string spec = layout.ToJson(figure.Theme).ToJsonString(), theme = figure.Theme.ToString().ToLowerInvariant();
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(theme + spec)))[..16];
        string words = Markup.Escape(figure.ToString()), line = Markup.Escape(FigureText.Line(figure));
        return string.Create(CultureInfo.InvariantCulture,
            $"<div data-seglstm-figure=\"{id}\" role=\"img\" aria-label=\"{line}\" style=\"width:100%;max-width:{layout.Width}px;min-height:{layout.Height}px\">")
            + $"<pre style=\"white-space:pre-wrap\">{words}</pre></div>\n<script>(function(){{var figure={{theme:\"{theme}\",spec:{spec}}};\n"
            + Waiter.Replace("ID", id, StringComparison.Ordinal) + "\n})();</script>";
    }

    /// <summary>What a cell shows: the figure, and before it plotly.js where no cell has shown that yet.</summary>
    internal static string ForCell(Figure figure) => (PlotlyLibrary.IsEmbedded ? "" : PlotlyLibrary.Embed() + "\n") + Of(figure);
}
