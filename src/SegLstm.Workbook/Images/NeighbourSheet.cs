using SegLstm.Data;

namespace SegLstm.Workbook.Images;

/// <summary>Items and their nearest neighbours: in each row an item, framed, then its neighbours from the nearest on.</summary>
public static class NeighbourSheet
{
    private const int LeastSide = 112, Gap = 8, Text = 2, Line = BitmapFont.Height * Text + 2;

    private static readonly Rgb Paper = new(255, 255, 255), Ink = new(0x22, 0x22, 0x22), Frame = new(0xD5, 0x5E, 0x00);

    /// <summary>Draws the sheet.</summary>
    /// <param name="rows">
    /// For each item itself and its neighbours, each a picture with words below it, such as "0.93 forest"; all pictures of one
    /// size, small ones are enlarged by a whole number. Words that do not fit go to further lines; a word too long for its
    /// picture is cut.
    /// </param>
    /// <exception cref="ArgumentException">No row, an empty row, or pictures of other sizes.</exception>
    public static RgbImage Of(IReadOnlyList<IReadOnlyList<(RgbImage Picture, string Words)>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows.Any(row => row.Count == 0))
            throw new ArgumentException("A sheet without a row, or with an empty one: expected an item in each.", nameof(rows));
        RgbImage first = rows[0][0].Picture;
        if (rows.SelectMany(row => row).FirstOrDefault(c => (c.Picture.Width, c.Picture.Height) != (first.Width, first.Height)).Picture is { } other)
        {
            throw new ArgumentException(
                $"Pictures of {first.Width}x{first.Height} and {other.Width}x{other.Height} pixels: expected one size.", nameof(rows));
        }

        int scale = Math.Max(1, (LeastSide + first.Width - 1) / first.Width), width = first.Width * scale, height = first.Height * scale;
        int letters = width / (BitmapFont.Advance * Text), lines = rows.SelectMany(row => row).Max(c => Lines(c.Words, letters).Count);
        int columnStep = width + Gap, rowStep = height + lines * Line + 2 * Gap;
        // The item stands apart from its neighbours.
        var sheet = new RgbImage(2 * Gap + rows.Max(row => row.Count) * columnStep, Gap + rows.Count * rowStep);
        sheet.Fill(0, 0, sheet.Width, sheet.Height, Paper);
        for (int r = 0; r < rows.Count; r++)
        {
            for (int c = 0; c < rows[r].Count; c++)
            {
                int x = Gap + c * columnStep + (c > 0 ? Gap : 0), y = Gap + r * rowStep;
                var (picture, words) = rows[r][c];
                sheet.Paste(picture, x, y, scale);
                if (c == 0) sheet.Frame(x - 3, y - 3, width + 6, height + 6, 3, Frame);
                var below = Lines(words, letters);
                for (int i = 0; i < below.Count; i++) BitmapFont.Draw(sheet, below[i], x, y + height + 6 + i * Line, Ink, Text);
            }
        }

        return sheet;
    }

    private static List<string> Lines(string words, int letters)
    {
        List<string> lines = [];
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string cut = word[..Math.Min(word.Length, letters)];
            if (lines.Count > 0 && lines[^1].Length + 1 + cut.Length <= letters) lines[^1] += " " + cut;
            else lines.Add(cut);
        }

        return lines;
    }
}
