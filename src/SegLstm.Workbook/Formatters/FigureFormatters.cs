using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Formatters;

/// <summary>
/// How a host that was told nothing yet shows a figure: the host finds this by the attribute of <see cref="Figure"/>.
/// </summary>
public sealed class FigureFormatters : ITypeFormatterSource
{
    /// <summary>The figure as HTML and in words.</summary>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<Figure>((figure, context) => context.Writer.Write(FigureHtml.ForCell(figure))),
        new PlainTextFormatter<Figure>((figure, context) => context.Writer.Write(figure.ToString())),
    ];
}
