using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Patterns of HTML tags.</summary>
internal static partial class Tags
{
    /// <summary>Where a link begins or ends.</summary>
    [GeneratedRegex("</?a\\b[^>]*>", RegexOptions.IgnoreCase)]
    public static partial Regex Links();

    /// <summary>A picture; or a whole script, so that what looks like a picture in it is passed over.</summary>
    [GeneratedRegex(
        "<script\\b.*?</script\\s*>|<img\\b[^>]*?\\bsrc\\s*=\\s*(?<quote>[\"'])(?<url>.*?)\\k<quote>[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    public static partial Regex ScriptsAndPictures();

    /// <summary>A picture's words.</summary>
    [GeneratedRegex("\\balt\\s*=\\s*(?<quote>[\"'])(?<text>.*?)\\k<quote>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    public static partial Regex AlternativeText();
}
