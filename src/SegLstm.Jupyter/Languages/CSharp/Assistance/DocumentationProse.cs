using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Writes the mixed text of documentation comments as plain text or as HTML.</summary>
internal sealed partial class DocumentationProse
{
    private readonly StringBuilder written = new();
    private readonly bool html;

    private DocumentationProse(bool html) => this.html = html;

    /// <summary>As plain text: paragraphs, list items and code on lines of their own.</summary>
    public static string Text(XElement element) => Write(element, html: false);

    /// <summary>As HTML.</summary>
    public static string Html(XElement element) => Write(element, html: true);

    /// <summary>
    /// A reference in short: `T:System.Collections.Generic.List`1` is `List&lt;T&gt;`, a member has its type's name before it.
    /// </summary>
    public static string ShortName(string reference)
    {
        var kind = reference.Length > 1 && reference[1] == ':' ? reference[0] : ' ';
        var name = kind == ' ' ? reference : reference[2..];
        var parameters = name.IndexOf('(', StringComparison.Ordinal);
        name = parameters < 0 ? name : name[..parameters];
        var parts = Arity().Replace(name, match => TypeArguments(int.Parse(match.Groups[1].ValueSpan))).Split('.');
        parts = [.. parts.Where(part => part != "#ctor")];
        return kind == '!' || kind == ' ' || kind == 'T' || kind == 'N' || name.EndsWith(".#ctor", StringComparison.Ordinal)
            ? kind == 'N' ? name : parts[^1]
            : string.Join('.', parts.TakeLast(2));
    }

    private static string TypeArguments(int count) =>
        count == 1 ? "<T>" : $"<{string.Join(", ", Enumerable.Range(1, count).Select(index => $"T{index}"))}>";

    private static string Write(XElement element, bool html)
    {
        var prose = new DocumentationProse(html);
        prose.Children(element);
        var text = prose.written.ToString().Trim();
        return html ? text : BlankLines().Replace(text, "\n\n");
    }

    private void Children(XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText text:
                    Plain(text.Value);
                    break;
                case XElement child:
                    Element(child);
                    break;
            }
        }
    }

    private void Element(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "see" or "seealso" or "paramref" or "typeparamref":
                Reference(element);
                break;
            case "c":
                Around("<code>", element, "</code>");
                break;
            case "code":
                Code(element.Value);
                break;
            case "para" or "p":
                Break();
                Around("<p>", element, "</p>");
                Break();
                break;
            case "br":
                written.Append(html ? "<br>" : "\n");
                break;
            case "list":
                Around("<ul>", element, "</ul>");
                Break();
                break;
            case "item" or "listheader":
                Item(element);
                break;
            case "b" or "strong":
                Around("<b>", element, "</b>");
                break;
            case "i" or "em":
                Around("<i>", element, "</i>");
                break;
            default:
                Children(element);
                break;
        }
    }

    private void Reference(XElement element)
    {
        var target = element.Attribute("cref")?.Value;
        var name = target != null ? ShortName(target)
            : element.Attribute("langword")?.Value ?? element.Attribute("name")?.Value ?? element.Attribute("href")?.Value ?? "";
        if (element.Nodes().Any())
        {
            Children(element);
        }
        else
        {
            written.Append(html ? $"<code>{WebUtility.HtmlEncode(name)}</code>" : name);
        }
    }

    private void Item(XElement element)
    {
        written.Append(html ? "<li>" : "\n- ");
        var term = element.Element("term");
        if (term != null)
        {
            Children(term);
            written.Append(element.Element("description") == null ? "" : ": ");
        }

        foreach (var rest in element.Nodes().Where(node => node != term))
        {
            if (rest is XElement child)
            {
                Children(child);
            }
            else if (rest is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                Plain(text.Value);
            }
        }

        written.Append(html ? "</li>" : "");
    }

    private void Code(string code)
    {
        var lines = code.Trim('\r', '\n').TrimEnd().Split('\n');
        var margin = lines.Where(line => line.Trim() != "")
            .Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        lines = [.. lines.Select(line => line.Length >= margin ? line[margin..].TrimEnd() : "")];
        written.Append(html
            ? $"<pre>{WebUtility.HtmlEncode(string.Join('\n', lines))}</pre>"
            : $"\n\n{string.Join('\n', lines.Select(line => "    " + line))}\n\n");
    }

    private void Plain(string text)
    {
        var line = Space().Replace(text, " ");
        if (line.StartsWith(' ') && (written.Length == 0 || char.IsWhiteSpace(written[^1])))
        {
            line = line[1..];
        }

        written.Append(html ? WebUtility.HtmlEncode(line) : line);
    }

    private void Around(string open, XElement element, string close)
    {
        written.Append(html ? open : "");
        Children(element);
        written.Append(html ? close : "");
    }

    private void Break()
    {
        if (!html && written.Length > 0)
        {
            written.Append("\n\n");
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?:[ \t]*\n){2,}")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"``?(\d+)")]
    private static partial Regex Arity();
}
