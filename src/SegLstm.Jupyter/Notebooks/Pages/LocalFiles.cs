using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>The files that a notebook's text shows or links to, seen from its page.</summary>
/// <param name="notebookFolder">The folder of the notebook, which its relative paths mean.</param>
/// <param name="pageFolder">The folder of the page.</param>
/// <param name="pages">Names of the notebooks, without `.ipynb`, that have a page in that folder.</param>
internal sealed class LocalFiles(string notebookFolder, string pageFolder, IReadOnlySet<string> pages)
{
    private const long LargestPicture = 64 * 1024 * 1024;

    /// <summary>A link's target: pages for notebooks, paths from the page for other files.</summary>
    public string Link(string url)
    {
        if (!IsRelative(url)) return url;
        int cut = url.IndexOfAny(['#', '?']);
        (string path, string rest) = cut < 0 ? (url, "") : (url[..cut], url[cut..]);
        path = Uri.UnescapeDataString(path);
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && pages.Contains(Path.GetFileNameWithoutExtension(path)))
        {
            return Uri.EscapeDataString(Path.GetFileNameWithoutExtension(path)) + ".html" + rest;
        }

        string target = Path.GetFullPath(path, notebookFolder);
        if (!Path.Exists(target)) return url;
        string relative = Path.GetRelativePath(pageFolder, target).Replace(Path.DirectorySeparatorChar, '/');
        return string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)) + rest;
    }

    /// <summary>HTML whose pictures are inside it; one that is not to be had is replaced by its words.</summary>
    /// <param name="html">HTML.</param>
    /// <param name="attachments">The cell's own files.</param>
    public string EmbedPictures(string html, JsonObject attachments) => Tags.ScriptsAndPictures().Replace(html, tag =>
    {
        System.Text.RegularExpressions.Group url = tag.Groups["url"];
        if (!url.Success) return tag.Value;
        string address = System.Net.WebUtility.HtmlDecode(url.Value);
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return tag.Value;
        string? data = address.StartsWith("attachment:", StringComparison.Ordinal)
            ? Attachment(attachments, address["attachment:".Length..]) : Read(address);
        return data is null
            ? Missing(tag.Value, address)
            : string.Concat(
                tag.Value.AsSpan(0, url.Index - tag.Index), data, tag.Value.AsSpan(url.Index - tag.Index + url.Length));
    });

    private static bool IsRelative(string url) =>
        url.Length > 0 && url[0] is not ('#' or '/' or '?') && !Uri.TryCreate(url, UriKind.Absolute, out _);

    private static string? Attachment(JsonObject attachments, string name)
    {
        JsonObject? forms = attachments[name] as JsonObject ?? attachments[Uri.UnescapeDataString(name)] as JsonObject;
        return forms is { Count: > 0 } && forms.First() is { Value: { } content } form
            ? $"data:{Html.Escape(form.Key)};base64,{Html.Escape(LineSplitting.Join(content).ReplaceLineEndings(""))}" : null;
    }

    private string? Read(string address)
    {
        if (!IsRelative(address)) return null;
        string file = Path.GetFullPath(Uri.UnescapeDataString(address.Split('#', '?')[0]), notebookFolder);
        string? type = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            ".webp" => "image/webp",
            ".avif" => "image/avif",
            ".bmp" => "image/bmp",
            _ => null,
        };
        var info = new FileInfo(file);
        return type is null || !info.Exists || info.Length > LargestPicture
            ? null : $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
    }

    private static string Missing(string tag, string address)
    {
        System.Text.RegularExpressions.Match words = Tags.AlternativeText().Match(tag);
        string text = words.Success && words.Groups["text"].Value.Length > 0 ? words.Groups["text"].Value : "picture";
        string link = Html.Escape(address);
        return $"<span class=\"missing\">[{text}: <a href=\"{link}\">{link}</a> is not in this page]</span>";
    }
}
