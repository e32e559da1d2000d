using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>The scripts and fonts that pages embed; the build puts them beside this program (data/web lists them).</summary>
internal static partial class WebLibrary
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(WebLibrary).Assembly.Location)!, "web");

    // The fonts that any formula may need: letters, digits, large brackets, symbols.
    private static readonly string[] CommonFonts =
        ["AMS-Regular", "Main-Regular", "Main-Bold", "Math-Italic", "Size1-Regular", "Size2-Regular", "Size3-Regular",
            "Size4-Regular"];

    private static readonly (string Font, string Commands)[] RareFonts =
    [
        ("Main-Italic", @"\\(textit|mathit|emph)\b"),
        ("Main-BoldItalic", @"\\(boldsymbol|bm|textit|pmb)\b"),
        ("Math-BoldItalic", @"\\(boldsymbol|bm|pmb)\b"),
        ("Caligraphic-Regular", @"\\(mathcal|cal)\b"),
        ("Caligraphic-Bold", @"\\(boldsymbol|bm)\b"),
        ("Fraktur-Regular", @"\\(mathfrak|frak)\b"),
        ("Fraktur-Bold", @"\\(mathfrak|frak)\b"),
        ("SansSerif-Regular", @"\\(mathsf|textsf|sf)\b"),
        ("SansSerif-Bold", @"\\(mathsf|textsf)\b"),
        ("SansSerif-Italic", @"\\(mathsf|textsf)\b"),
        ("Script-Regular", @"\\(mathscr|scr)\b"),
        ("Typewriter-Regular", @"\\(mathtt|texttt|tt|verb)\b"),
    ];

    /// <summary>A library's file as text.</summary>
    /// <exception cref="FileNotFoundException">It is not beside the program.</exception>
    public static string Read(string path)
    {
        string file = Path.Combine(Folder, path);
        return File.Exists(file) ? File.ReadAllText(file) : throw new FileNotFoundException(
            $"{file} is missing, which pages of notebooks embed. Run: bash environment/setup.sh, and build again", file);
    }

    /// <summary>KaTeX's style with the fonts that formulas need in it.</summary>
    /// <param name="formulas">The page, or its formulas.</param>
    public static string FormulaStyle(string formulas)
    {
        HashSet<string> fonts = [.. CommonFonts, .. RareFonts.Where(rare => Regex.IsMatch(formulas, rare.Commands)).Select(
            rare => rare.Font)];
        return FontFace().Replace(Read("katex/katex.min.css"), face =>
        {
            string font = face.Groups["font"].Value;
            if (!fonts.Contains(font)) return "";
            string content = Convert.ToBase64String(
                File.ReadAllBytes(Path.Combine(Folder, "katex", "fonts", $"KaTeX_{font}.woff2")));
            return $"@font-face{{{face.Groups["rest"].Value}src:url(data:font/woff2;base64,{content}) format(\"woff2\")}}";
        });
    }

    [GeneratedRegex(@"@font-face\{(?<rest>[^{}]*?)src:url\(fonts/KaTeX_(?<font>[\w-]+)\.woff2\)[^{}]*\}")]
    private static partial Regex FontFace();
}
