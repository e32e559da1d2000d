using System.Globalization;
using System.Text.RegularExpressions;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>
/// ENVI's regions of interest as text, as the Houston contest of 2013 gives its labels: a head that names the regions and counts
/// their points, and then the points of one region after the other, each with a number, a column and a row.
/// </summary>
/// <param name="Height">Rows of the image that the file is for.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Regions">The regions: name, colour, and pixels (row * width + column) in the file's order.</param>
public sealed partial record EnviRoi(int Height, int Width, IReadOnlyList<(string Name, Rgb Color, int[] Pixels)> Regions)
{
    private const int MostRegions = 255;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The text.</param>
    /// <param name="firstNumber">
    /// The number of the first column and row. ENVI counts from 1; null finds it out where a point lies on the border (a 0 says from 0),
    /// and takes 1 otherwise.
    /// </param>
    /// <exception cref="InvalidDataException">It is no such file, or contradicts itself; with the line.</exception>
    public static EnviRoi Read(string path, int? firstNumber = null)
    {
        using var reader = new StreamReader(path);
        var names = new List<(string Name, Rgb Color, int Count)>();
        var points = new List<(int X, int Y)>();
        var size = (Width: 0, Height: 0);
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 10_000) throw Bad(path, number, "a line of more than 10,000 letters");
            if (line.StartsWith(';')) Head(path, number, line, names, ref size);
            else if (!string.IsNullOrWhiteSpace(line)) points.Add(Point(path, number, line));
        }

        if (size.Width < 1 || size.Height < 1 || names.Count == 0)
            throw Bad(path, number, "there is no head with 'File Dimension:' and 'ROI name:'");
        long declared = names.Sum(region => (long)region.Count);
        if (declared != points.Count)
            throw Bad(path, number, $"the head counts {declared:N0} points and the file has {points.Count:N0}");
        int first = firstNumber ?? (points.Any(point => point.X == 0 || point.Y == 0) ? 0 : 1);
        int at = 0;
        return new EnviRoi(size.Height, size.Width, [.. names
            .Select(region => (region.Name, region.Color, points.Skip(Advance(ref at, region.Count)).Take(region.Count)
            .Select(point => Pixel(path, point, first, size)).ToArray()))]);
    }

    /// <summary>The regions as labels: 1 for the first. A pixel in two regions has the later one.</summary>
    public byte[] ToLabels()
    {
        byte[] labels = new byte[Height * Width];
        for (int region = 0; region < Regions.Count; region++)
        {
            foreach (int pixel in Regions[region].Pixels) labels[pixel] = (byte)(region + 1);
        }

        return labels;
    }

    private static int Advance(ref int at, int count) => (at += count) - count;

    private static void Head(
        string path, int number, string line, List<(string Name, Rgb Color, int Count)> names, ref (int Width, int Height) size)
    {
        if (Dimension().Match(line) is { Success: true } dimension)
        {
            size = (Whole(path, number, dimension.Groups[1].Value), Whole(path, number, dimension.Groups[2].Value));
            if ((long)size.Width * size.Height > int.MaxValue) throw Bad(path, number, $"an image of {size.Width}x{size.Height}");
        }
        else if (Name().Match(line) is { Success: true } name)
        {
            if (names.Count == MostRegions) throw Bad(path, number, $"more than {MostRegions} regions");
            names.Add((name.Groups[1].Value, default, 0));
        }
        else if (Color().Match(line) is { Success: true } color && names.Count > 0)
        {
            byte[] levels = [.. Enumerable.Range(1, 3).Select(i => (byte)Math.Min(255, Whole(path, number, color.Groups[i].Value)))];
            names[^1] = names[^1] with { Color = new Rgb(levels[0], levels[1], levels[2]) };
        }
        else if (Count().Match(line) is { Success: true } count && names.Count > 0)
        {
            names[^1] = names[^1] with { Count = Whole(path, number, count.Groups[1].Value) };
        }
    }

    private static (int X, int Y) Point(string path, int number, string line)
    {
        string[] fields = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 3 ? (Whole(path, number, fields[1]), Whole(path, number, fields[2]))
            : throw Bad(path, number, "expected a number, a column and a row");
    }

    private static int Pixel(string path, (int X, int Y) point, int first, (int Width, int Height) size)
    {
        int column = point.X - first, row = point.Y - first;
        return column >= 0 && column < size.Width && row >= 0 && row < size.Height ? (row * size.Width) + column
            : throw new InvalidDataException(
            $"'{path}' has a point at column {point.X}, row {point.Y}, outside its image of {size.Width}x{size.Height} counted from {first}.");
    }

    private static int Whole(string path, int number, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
        ? value : throw Bad(path, number, $"'{Checkpoints.Printable.Of(text, 40)}' is no whole number");

    private static InvalidDataException Bad(string path, int line, string what) => new(
        $"'{path}' is no ENVI ROI text that can be read: {what} (line {line}).");

    [GeneratedRegex(@"File Dimension:\s*(\d+)\s*x\s*(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Dimension();

    [GeneratedRegex(@"ROI name:\s*(.+?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"ROI rgb value:\s*\{\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Color();

    [GeneratedRegex(@"ROI npts:\s*(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Count();
}
