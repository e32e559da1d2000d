using SegLstm.Data;

namespace SegLstm.Workbook.Images;

/// <summary>Puts a legend below a map, as one picture that explains itself wherever it is pasted.</summary>
public static class LegendImage
{
    private const int LeastWidth = 640, Margin = 6, Swatch = 10, Gap = 4;

    private static readonly Rgb Paper = new(255, 255, 255), Ink = new(0x22, 0x22, 0x22);

    /// <summary>Draws the map, its title and its legend.</summary>
    /// <param name="map">The map; a small one is magnified by a whole number, so that its pixels stay crisp beside legible text.</param>
    /// <param name="entries">Names, colours and shares; they flow into as many rows as they need.</param>
    /// <param name="title">The line above the legend; empty for none.</param>
    public static RgbImage Below(RgbImage map, IReadOnlyList<LegendEntry> entries, string title = "")
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(title);
        int magnified = (LeastWidth + map.Width - 1) / map.Width, width = map.Width * magnified;
        // Letters keep their size beside the map when a large scene is shown as a whole.
        int scale = Math.Clamp(width / 350, 2, 8), line = (Swatch + Gap) * scale, margin = Margin * scale;
        var rows = Rows(entries, width - 2 * margin, scale);
        int lines = rows.Count + (title.Length > 0 ? 1 : 0);
        int mapHeight = map.Height * magnified;
        var picture = new RgbImage(width, mapHeight + 2 * margin + lines * line);
        picture.Fill(0, mapHeight, width, picture.Height - mapHeight, Paper);
        picture.Paste(map, 0, 0, magnified);

        int y = mapHeight + margin;
        if (title.Length > 0)
        {
            BitmapFont.Draw(picture, title, margin, y + scale, Ink, scale);
            y += line;
        }

        foreach (var row in rows)
        {
            foreach ((LegendEntry entry, int x) in row)
            {
                picture.Fill(margin + x, y, Swatch * scale, Swatch * scale, Ink);
                picture.Fill(margin + x + scale, y + scale, (Swatch - 2) * scale, (Swatch - 2) * scale, entry.Color);
                BitmapFont.Draw(picture, Text(entry), margin + x + (Swatch + Gap) * scale, y + scale, Ink, scale);
            }

            y += line;
        }

        return picture;
    }

    private static string Text(LegendEntry entry) => $"{entry.Name} {entry.Share}";

    private static List<List<(LegendEntry Entry, int X)>> Rows(IReadOnlyList<LegendEntry> entries, int width, int scale)
    {
        List<List<(LegendEntry, int)>> rows = [[]];
        int x = 0;
        foreach (LegendEntry entry in entries)
        {
            int needed = (Swatch + Gap) * scale + BitmapFont.Width(Text(entry), scale);
            if (rows[^1].Count > 0 && x + needed > width)
            {
                rows.Add([]);
                x = 0;
            }

            rows[^1].Add((entry, x));
            x += needed + 3 * BitmapFont.Advance * scale;
        }

        return rows;
    }
}
