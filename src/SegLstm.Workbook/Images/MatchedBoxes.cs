using System.Globalization;
using SegLstm.Data;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Images;

/// <summary>Two views side by side with boxes that show the same ground: each pair has a colour and a number.</summary>
public static class MatchedBoxes
{
    private const int LeastSide = 448, Gap = 12, Thickness = 3, Text = 2;

    private static readonly Rgb Paper = new(255, 255, 255), Ink = new(0, 0, 0);

    /// <summary>Draws the pair.</summary>
    /// <param name="first">The first view; small ones are enlarged by a whole number.</param>
    /// <param name="second">The second view, of the same size.</param>
    /// <param name="firstBoxes">First and last column and row of each box in the first view, both included, as local matching
    /// takes them.</param>
    /// <param name="secondBoxes">The same ground in the second view, as many and in the same order.</param>
    /// <exception cref="ArgumentException">Other sizes, another number of boxes, or a box that is empty or outside its
    /// view.</exception>
    public static RgbImage Of(
        RgbImage first, RgbImage second, IReadOnlyList<(int X1, int Y1, int X2, int Y2)> firstBoxes,
        IReadOnlyList<(int X1, int Y1, int X2, int Y2)> secondBoxes)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if ((first.Width, first.Height) != (second.Width, second.Height))
        {
            throw new ArgumentException(
                $"Views of {first.Width}x{first.Height} and {second.Width}x{second.Height} pixels: expected one size.");
        }

        if (firstBoxes.Count != secondBoxes.Count)
        {
            throw new ArgumentException(
                $"{firstBoxes.Count} boxes in the first view and {secondBoxes.Count} in the second: expected pairs.");
        }

        foreach (var box in firstBoxes.Concat(secondBoxes))
        {
            if (box.X1 < 0 || box.Y1 < 0 || box.X2 < box.X1 || box.Y2 < box.Y1 || box.X2 >= first.Width || box.Y2 >= first.Height)
            {
                throw new ArgumentException(
                    $"The box {box} (first column and row, last column and row) does not lie within a view of {first.Width}x{first.Height} pixels.");
            }
        }

        int scale = Math.Max(1, LeastSide / first.Width), left = first.Width * scale + Gap;
        var picture = new RgbImage(left + second.Width * scale, first.Height * scale);
        picture.Fill(0, 0, picture.Width, picture.Height, Paper);
        picture.Paste(first, 0, 0, scale);
        picture.Paste(second, left, 0, scale);
        for (int i = 0; i < firstBoxes.Count; i++)
        {
            Draw(picture, firstBoxes[i], 0, scale, i);
            Draw(picture, secondBoxes[i], left, scale, i);
        }

        return picture;
    }

    private static void Draw(RgbImage picture, (int X1, int Y1, int X2, int Y2) box, int left, int scale, int number)
    {
        var color = Rgb.FromHex(int.Parse(OkabeIto.Line(number).AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        int x = left + box.X1 * scale, y = box.Y1 * scale, width = (box.X2 - box.X1 + 1) * scale, height = (box.Y2 - box.Y1 + 1) * scale;
        // A white line inside the coloured one keeps the box visible on ground of its colour.
        picture.Frame(x, y, width, height, Thickness + 1, Paper);
        picture.Frame(x, y, width, height, Thickness, color);
        string text = (number + 1).ToString(CultureInfo.InvariantCulture);
        int tag = BitmapFont.Width(text, Text) + 6, line = BitmapFont.Height * Text + 4;
        picture.Fill(x + Thickness, y + Thickness, tag, line, Paper);
        BitmapFont.Draw(picture, text, x + Thickness + 3, y + Thickness + 3, Ink, Text);
    }
}
