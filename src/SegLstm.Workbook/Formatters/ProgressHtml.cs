using System.Globalization;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>A progress bar as HTML.</summary>
internal static class ProgressHtml
{
    internal static string Of(ProgressState state) => Style.Element + string.Create(CultureInfo.InvariantCulture,
        $"<div class=\"seglstm\"><progress max=\"1\" value=\"{state.Share:0.####}\" aria-label=\"{Escape(state.Title)}\"></progress> {Escape(state.ToString())}</div>");
}
