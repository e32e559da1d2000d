using System.Text.Json.Nodes;
using Markdig;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>
/// Markdown, as `text/markdown` for front ends that render it with formulas (Jupyter's do), as HTML for those that do not,
/// and as its own source.
/// </summary>
internal sealed class MarkdownLanguage() : TextLanguage("markdown")
{
    private static readonly MarkdownPipeline Pipeline = 
        new MarkdownPipelineBuilder().UseMathematics().UseAdvancedExtensions().Build();

    /// <inheritdoc/>
    protected override MimeBundle Show(string code) => new(new Dictionary<string, JsonNode>
    {
        ["text/markdown"] = code,
        ["text/html"] = Markdown.ToHtml(code, Pipeline),
        ["text/plain"] = code,
    });
}
