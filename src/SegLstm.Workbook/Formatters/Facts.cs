using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>Names and values as rows of an HTML table.</summary>
internal static class Facts
{
    internal static void Append(StringBuilder html, IEnumerable<(string Name, string Value)> facts)
    {
        foreach (var (name, value) in facts)
            html.Append($"<tr><th scope=\"row\">{Escape(name)}</th><td>{Escape(value)}</td></tr>\n");
    }
}
