using System.Text;
using ColorCode;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Code as HTML with its words marked by class: `keyword`, `string`, `comment` and the like.</summary>
internal static class CodeColours
{
    private const string CSharp = "csharp";

    // Beyond this the patterns take seconds, and nobody reads the colours.
    private const int LongestColoured = 200_000;

    /// <summary>A cell, whose `#!` lines say in which language the lines behind them are.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="language">The language that it begins in.</param>
    public static string Cell(string source, string language)
    {
        var html = new StringBuilder();
        var part = new StringBuilder();
        foreach (string line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith("#!", StringComparison.Ordinal))
            {
                part.Append(line).Append('\n');
                continue;
            }

            Flush();
            html.Append("<span class=\"magic\">").Append(Html.Escape(line)).Append("</span>\n");
            string word = line[2..].Split(' ', 2)[0].Trim();
            if (Find(word) is not null || word is "mermaid" or "value") language = word;
        }

        Flush();
        return html.ToString().TrimEnd('\n');

        void Flush()
        {
            if (part.Length > 0) html.Append(Code(part.ToString(0, part.Length - 1), language)).Append('\n');
            part.Clear();
        }
    }

    /// <summary>Code of one language, uncoloured where the language is not known.</summary>
    public static string Code(string code, string language)
    {
        if (language.ToLowerInvariant() is CSharp or "c#" or "cs") return CSharpColours.ToHtml(code);
        if (Find(language) is not { } known || code.Length > LongestColoured) return Html.Escape(code);
        string html = new HtmlClassFormatter().GetHtmlString(code, known);
        int start = html.IndexOf("<pre>", StringComparison.Ordinal) + "<pre>".Length;
        int end = html.LastIndexOf("</pre>", StringComparison.Ordinal);
        string inner = html[start..end];
        if (inner.StartsWith("\r\n", StringComparison.Ordinal)) inner = inner[2..];
        else if (inner.StartsWith('\n')) inner = inner[1..];
        return inner.EndsWith('\n') && !code.EndsWith('\n') ? inner.TrimEnd('\r', '\n') : inner;
    }

    private static ILanguage? Find(string language) => language.ToLowerInvariant() switch
    {
        CSharp or "c#" or "cs" => ColorCode.Languages.CSharp,
        "fsharp" or "f#" or "fs" => ColorCode.Languages.FSharp,
        "sql" or "duckdb" => ColorCode.Languages.Sql,
        "html" => ColorCode.Languages.Html,
        "javascript" or "js" => ColorCode.Languages.JavaScript,
        "typescript" or "ts" => ColorCode.Languages.Typescript,
        "markdown" or "md" => ColorCode.Languages.Markdown,
        "xml" or "xaml" or "csproj" => ColorCode.Languages.Xml,
        "css" => ColorCode.Languages.Css,
        "cpp" or "c++" or "c" => ColorCode.Languages.Cpp,
        "python" or "py" => ColorCode.Languages.Python,
        "powershell" or "pwsh" => ColorCode.Languages.PowerShell,
        "java" => ColorCode.Languages.Java,
        _ => null,
    };
}
