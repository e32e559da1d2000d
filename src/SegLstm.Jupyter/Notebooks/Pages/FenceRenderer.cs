using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Blocks of code in Markdown: coloured, a diagram where the language is Mermaid, a formula between dollars.</summary>
internal sealed class FenceRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        string code = obj.Lines.ToString();
        if (obj is MathBlock)
        {
            renderer.Write("<div class=\"math\">\\[").Write(Html.Escape(code)).WriteLine("\\]</div>");
            return;
        }

        string language = (obj as FencedCodeBlock)?.Info ?? "";
        if (language == "mermaid")
        {
            renderer.Write(Diagram(code));
            return;
        }

        renderer.Write("<pre class=\"code\"><code>").Write(CodeColours.Code(code, language)).WriteLine("</code></pre>");
    }

    /// <summary>A diagram's text, which the page's script draws.</summary>
    public static string Diagram(string code) => $"<pre class=\"mermaid\">{Html.Escape(code)}</pre>\n";
}
