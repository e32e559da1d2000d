using System.Text;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Text inside HTML.</summary>
internal static class Html
{
    /// <summary>Text, fit to stand between tags and inside quoted attributes.</summary>
    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            switch (c)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"': html.Append("&quot;"); break;
                case '\'': html.Append("&#39;"); break;
                // Control characters that HTML does not allow.
                case < ' ' and not ('\t' or '\n' or '\r' or '\f'): html.Append('\uFFFD'); break;
                default: html.Append(c); break;
            }
        }

        return html.ToString();
    }

    /// <summary>Script or JSON, fit to stand inside a script element.</summary>
    public static string Script(string code) =>
        code.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace(
            "<!--", "<\\!--", StringComparison.Ordinal);
}
