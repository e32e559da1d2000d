using SegLstm.Data;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Plotly.Marks;

namespace SegLstm.Workbook.Plotly;

public sealed partial class Figure
{
    /// <summary>
    /// Draws a matrix as colours, its first row on top, with a colour bar. Of more than 512 rows or columns, means are drawn.
    /// </summary>
    /// <param name="values">(rows, columns).</param>
    /// <param name="quantity">What the numbers are, such as "memory norm".</param>
    /// <param name="unit">Their unit; empty for a pure number.</param>
    /// <param name="scale">Null for <see cref="ColorScale.Sequential"/>.</param>
    /// <param name="low">The number of the first colour; null for the least, or for the opposite of the greatest on a diverging
    /// scale.</param>
    /// <param name="high">The number of the last colour. Give both or none.</param>
    /// <param name="x">The place of each column; null for 0, 1, 2, …</param>
    /// <param name="y">The place of each row; null for 0, 1, 2, …</param>
    /// <exception cref="ArgumentException">Counts that differ, an empty matrix, or limits that are no range.</exception>
    public Figure Heatmap(Matrix values, string quantity, string unit, ColorScale? scale = null, double? low = null,
        double? high = null,
        Values? x = null, Values? y = null)
    {
        if (values.Rows == 0 || values.Columns == 0)
            throw new ArgumentException($"A heatmap of {values.Rows} x {values.Columns} numbers: expected at least one.",
                nameof(values));
        SameCount("columns", values.Columns, ("x", x?.Count));
        SameCount("rows", values.Rows, ("y", y?.Count));
        Axis axis = Axis.Of(quantity, unit, AxisScale.Linear, low, high);
        Only.Marks.Add(new HeatmapMark(values, axis, scale ?? ColorScale.Sequential, axis.Range) { X = x, Y = y });
        Only.RowsGoDown = true;
        return this;
    }

    /// <summary>Draws a picture with square pixels; its axes count columns and rows unless they are named otherwise.</summary>
    /// <param name="picture">The picture.</param>
    public Figure Image(RgbImage picture) => Image(picture, []);

    /// <summary>Draws a class map in the legend's colours, with a legend that says each class's share of the pixels.</summary>
    /// <param name="map">Classes.</param>
    /// <param name="legend">Their names and colours.</param>
    /// <exception cref="ArgumentException">A class that the legend does not have.</exception>
    public Figure Image(LabelMap map, ClassLegend legend) => Image(MapColors.Paint(map, legend), LegendEntry.Of(map, legend));

    private Figure Image(RgbImage picture, IReadOnlyList<LegendEntry> legend)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Only.Marks.Add(new PictureMark(picture, legend));
        (Only.RowsGoDown, Only.Aspect) = (true, (double)picture.Width / picture.Height);
        Only.X ??= new Axis("column", "pixel");
        Only.Y ??= new Axis("row", "pixel");
        return this;
    }
}
