using System.Text;
using SegLstm.Workbook.Images;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>Pictures with titles and legends as HTML; the pictures lie in the page itself.</summary>
internal static class PictureHtml
{
    /// <summary>
    /// Pixels that a picture alone, and one in a row, should be wide: small ones are enlarged by whole numbers.
    /// </summary>
    private const int Alone = 480, InRow = 220;

    internal static string Of(Picture picture) => Of([picture], Alone);

    internal static string Of(PictureRow row) => Of(row.Pictures, row.Pictures.Count > 2 ? InRow : 2 * InRow);

    private static string Of(IReadOnlyList<Picture> pictures, int width)
    {
        // Up to four in one row, however narrow the page.
        var html = new StringBuilder(Style.Element).Append(pictures.Count is > 1 and <= 4
            ? $"<div class=\"seglstm\"><div class=\"pictures\" style=\"display:grid;grid-template-columns:repeat({pictures.Count},minmax(0,max-content))\">\n"
            : "<div class=\"seglstm\"><div class=\"pictures\">\n");
        foreach (Picture picture in pictures) Append(html, picture, width);
        html.Append("</div>\n");
        // One legend for maps of the same classes: the classes once, the shares for each map.
        foreach (var maps in pictures.Where(p => p.Legend.Count > 0).GroupBy(Classes)) AppendLegend(html, [.. maps]);
        return html.Append("</div>").ToString();
    }

    private static string Classes(Picture picture) => string.Join("\n", picture.Legend.Select(e => $"{e.Name}{e.Color}"));

    private static void Append(StringBuilder html, Picture picture, int width)
    {
        RgbImage image = picture.Image;
        int shown = image.Width >= width ? Math.Min(image.Width, (int)(1.5 * width))
            : image.Width * Math.Max(1, (int)Math.Round((double)width / image.Width));
        html.Append($"<figure style=\"max-width:{shown}px;flex:0 1 auto\"><img src=\"{image.ToDataUri()}\" width=\"{shown}\" alt=\"{Escape(picture.Alternative)}\">")
            .Append($"<figcaption>{Escape(picture.Title)}")
            .Append(picture.Remark.Length > 0 ? $" <span class=\"muted\">{Escape(picture.Remark)}</span>" : "")
                .Append("</figcaption></figure>\n");
    }

    private static void AppendLegend(StringBuilder html, IReadOnlyList<Picture> maps)
    {
        html.Append($"<ul class=\"legend\" aria-label=\"Legend of {Escape(string.Join(", ", maps.Select(m => m.Title)))}\">");
        for (int i = 0; i < maps[0].Legend.Count; i++)
        {
            LegendEntry entry = maps[0].Legend[i];
            string shares = maps.Count == 1 ? entry.Share : string.Join(", ", maps.Select(m => $"{m.Title} {m.Legend[i].Share}"));
            html.Append($"<li><span class=\"swatch\" style=\"background:{entry.Color}\"></span>{Escape(entry.Name)} <span class=\"muted\">{Escape(shares)}</span></li>");
        }

        html.Append("</ul>\n");
    }
}
