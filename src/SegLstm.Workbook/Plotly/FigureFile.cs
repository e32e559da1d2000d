using System.Net;
using System.Text;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Plotly;

/// <summary>A figure as the bytes of a file.</summary>
internal static class FigureFile
{
    internal static byte[] Html(Figure figure)
    {
        string title = Markup.Escape(figure.Title.Length > 0 ? figure.Title : "Figure");
        string background = figure.Theme switch
        {
            Theme.Dark => "background:#16181C",
            Theme.Light => "background:#fff",
            _ => "color-scheme:light dark",
        };
        return Encoding.UTF8.GetBytes("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
            + $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n"
            + $"<style>html{{{background}}}body{{margin:16px}}</style>\n</head>\n<body>\n{PlotlyLibrary.Script()}\n{FigureHtml.Of(figure)}\n</body>\n</html>\n");
    }

    /// <exception cref="InvalidOperationException">No browser is installed, or it failed.</exception>
    internal static byte[] Svg(Figure figure)
    {
        string uri = Draw(figure, "svg", scale: 1);
        return Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri[(uri.IndexOf(',') + 1)..]));
    }

    /// <exception cref="InvalidOperationException">No browser is installed, or it failed.</exception>
    internal static byte[] Png(Figure figure)
    {
        string uri = Draw(figure, "png", scale: 2);
        return Convert.FromBase64String(uri[(uri.IndexOf(',') + 1)..]);
    }

    // The page draws the figure and leaves the file, as a data URI, in its own document.
    private static string Draw(Figure figure, string format, int scale)
    {
        var layout = new FigureLayout(figure);
        string spec = layout.ToJson(figure.Theme).ToJsonString();
        string page = $"<!DOCTYPE html><meta charset=\"utf-8\"><body>{PlotlyLibrary.Script()}<pre id=\"file\"></pre><script>"
            + $"var file=document.getElementById('file'),spec={spec};spec.layout.width={layout.Width};spec.layout.height={layout.Height};"
            + $"Plotly.toImage(spec,{{format:'{format}',width:{layout.Width},height:{layout.Height},scale:{scale}}})"
            + ".then(function(uri){file.textContent='BEGIN '+uri+' END'},function(e){file.textContent='FAILED '+e+' END'});</script></body>";
        string document = Chromium.DumpDom(page);
        int begin = document.LastIndexOf("<pre id=\"file\">", StringComparison.Ordinal);
        int end = begin < 0 ? -1 : document.IndexOf("</pre>", begin, StringComparison.Ordinal);
        string text = end < 0 ? "" : WebUtility.HtmlDecode(document[(begin + "<pre id=\"file\">".Length)..end]);
        if (!text.StartsWith("BEGIN data:", StringComparison.Ordinal) || !text.EndsWith(" END", StringComparison.Ordinal))
            throw new InvalidOperationException($"The browser drew no {format} of '{figure.Title}': {(text.Length == 0 ? "it ran out of time" : text[..Math.Min(300, text.Length)])}");
        return text["BEGIN ".Length..^" END".Length];
    }
}
