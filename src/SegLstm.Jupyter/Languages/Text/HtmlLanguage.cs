using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>HTML, shown as it is; its text is the plain form.</summary>
internal sealed class HtmlLanguage() : TextLanguage("html")
{
    /// <inheritdoc/>
    protected override MimeBundle Show(string code) => ValueFormatter.Literal(code, "text/html");
}
