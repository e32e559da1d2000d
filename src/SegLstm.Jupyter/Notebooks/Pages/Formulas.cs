using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Formulas in Markdown and in outputs.</summary>
internal static partial class Formulas
{
    /// <summary>
    /// Markdown whose formulas of several lines, and LaTeX environments (`\begin{align}` at the start of a line), stand between
    /// lines of dollars, as Jupyter reads them.
    /// </summary>
    public static string Fence(string markdown)
    {
        if (!markdown.Contains("\\begin{", StringComparison.Ordinal) && !markdown.Contains("$$", StringComparison.Ordinal))
            return markdown;
        return Parts().Replace(markdown, part =>
            part.Groups["environment"].Success ? $"\n$$\n{part.Value.Trim()}\n$$\n"
            : part.Groups["formula"] is { Success: true } formula && formula.Value.Trim().Contains('\n')
                ? $"\n$$\n{formula.Value.Trim()}\n$$\n"
                : part.Value);
    }

    /// <summary>A `text/latex` output as an element that the page's script draws.</summary>
    public static string Output(string latex)
    {
        string text = latex.Trim();
        bool isInline = text.Length > 2 && text.StartsWith('$') && !text.StartsWith("$$", StringComparison.Ordinal);
        foreach ((string open, string close) in new[] { ("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$") })
        {
            if (text.Length < open.Length + close.Length || !text.StartsWith(open, StringComparison.Ordinal)
                || !text.EndsWith(close, StringComparison.Ordinal)) continue;
            text = text[open.Length..^close.Length];
            break;
        }

        return isInline ? $"<span class=\"math\">\\({Html.Escape(text)}\\)</span>"
            : $"<div class=\"math\">\\[{Html.Escape(text)}\\]</div>";
    }

    // Code is passed over whole.
    [GeneratedRegex(@"(?ms)^[ ]{0,3}(?<fence>```+|~~~+).*?^[ ]{0,3}\k<fence>|`[^`\n]+`|\$\$(?<formula>[^$]+)\$\$|"
        + @"^(?<environment>\\begin\{(?<name>[a-zA-Z]+\*?)\}.*?\\end\{\k<name>\})")]
    private static partial Regex Parts();
}
