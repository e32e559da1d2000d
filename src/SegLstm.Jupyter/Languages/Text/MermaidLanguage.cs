using System.Net;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>
/// Mermaid diagrams. JupyterLab 4.1 and newer draw `text/vnd.mermaid` by the library that they bring; without network no other
/// front end has that library, and shows the source in a `pre` of class `mermaid`, which a page that does have it draws.
/// </summary>
internal sealed class MermaidLanguage() : TextLanguage("mermaid")
{
    /// <inheritdoc/>
    protected override MimeBundle Show(string code) => new(new Dictionary<string, JsonNode>
    {
        ["text/vnd.mermaid"] = code,
        ["text/html"] = $"<pre class=\"mermaid\">\n{WebUtility.HtmlEncode(code)}\n</pre>",
        ["text/plain"] = code,
    });
}
