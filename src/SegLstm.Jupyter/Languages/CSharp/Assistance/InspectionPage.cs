using System.Net;
using System.Text;
using System.Xml.Linq;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Gathers what is known of a piece of code, as text and as HTML side by side.</summary>
internal sealed class InspectionPage
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();

    /// <summary>Appends lines of code.</summary>
    public void Code(string code)
    {
        Gap();
        text.Append(code).Append('\n');
        html.Append("<pre>").Append(WebUtility.HtmlEncode(code)).Append("</pre>\n");
    }

    /// <summary>Appends signatures, one a line, of which one has a mark before it and a marked part.</summary>
    /// <param name="signatures">Text before the marked part, the part, text after it; and whether the line has the mark.</param>
    public void Signatures(IEnumerable<(string Before, string Marked, string After, bool Active)> signatures)
    {
        Gap();
        html.Append("<pre>");
        foreach (var (before, marked, after, active) in signatures)
        {
            var mark = active ? "▸ " : "  ";
            text.Append(mark).Append(before).Append(marked == "" ? "" : $"«{marked}»").Append(after).Append('\n');
            html.Append(mark).Append(WebUtility.HtmlEncode(before))
                .Append(marked == "" ? "" : $"<b><u>{WebUtility.HtmlEncode(marked)}</u></b>")
                .Append(WebUtility.HtmlEncode(after)).Append('\n');
        }

        html.Append("</pre>\n");
    }

    /// <summary>Appends a paragraph.</summary>
    public void Paragraph(string line)
    {
        Gap();
        text.Append(line).Append('\n');
        html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>\n");
    }

    /// <summary>Appends prose of a documentation comment, under a title where it has one.</summary>
    public void Prose(string? title, XElement? prose)
    {
        if (prose == null || DocumentationProse.Text(prose) is not { Length: > 0 } plain)
        {
            return;
        }

        Gap();
        text.Append(title == null ? plain : $"{title}\n{Indent(plain)}").Append('\n');
        html.Append(title == null ? "" : $"<p><b>{title}</b></p>")
            .Append("<div>").Append(DocumentationProse.Html(prose)).Append("</div>\n");
    }

    /// <summary>Appends named pieces of prose.</summary>
    public void Prose(string title, IEnumerable<(string Name, XElement Prose)> pieces)
    {
        var all = pieces.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Gap();
        text.Append(title).Append('\n');
        html.Append($"<p><b>{title}</b></p><ul>");
        foreach (var (name, prose) in all)
        {
            text.Append(Indent($"{name}: {DocumentationProse.Text(prose)}")).Append('\n');
            html.Append($"<li><code>{WebUtility.HtmlEncode(name)}</code>: {DocumentationProse.Html(prose)}</li>");
        }

        html.Append("</ul>\n");
    }

    /// <summary>Appends lines of code under a title.</summary>
    public void Lines(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Gap();
        var code = string.Join('\n', all);
        text.Append(title).Append('\n').Append(Indent(code)).Append('\n');
        html.Append($"<p><b>{title}</b></p><pre>").Append(WebUtility.HtmlEncode(code)).Append("</pre>\n");
    }

    /// <summary>What was gathered.</summary>
    public Inspection ToInspection() => new(text.ToString().TrimEnd('\n'), html.ToString().TrimEnd('\n'));

    private static string Indent(string lines) =>
        string.Join('\n', lines.Split('\n').Select(line => line == "" ? "" : "  " + line));

    private void Gap() => text.Append(text.Length == 0 ? "" : "\n");
}
