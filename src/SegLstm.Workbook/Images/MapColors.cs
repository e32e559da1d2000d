using SegLstm.Data;

namespace SegLstm.Workbook.Images;

/// <summary>Turns class maps into pictures.</summary>
public static class MapColors
{
    /// <summary>The colour of pixels without a class.</summary>
    public static Rgb Ignored { get; } = new(0x99, 0x99, 0x99);

    /// <summary>The colour of right pixels in an error map.</summary>
    public static Rgb Right { get; } = new(0x56, 0xB4, 0xE9);

    /// <summary>The colour of wrong pixels in an error map.</summary>
    public static Rgb Wrong { get; } = new(0xD5, 0x5E, 0x00);

    /// <summary>Gives each pixel the colour of its class.</summary>
    /// <param name="map">Classes.</param>
    /// <param name="legend">Their colours.</param>
    /// <exception cref="ArgumentException">A class that the legend does not have.</exception>
    public static RgbImage Paint(LabelMap map, ClassLegend legend)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(legend);
        return Picture(map, (x, y) => map[x, y] == LabelMap.Ignore ? Ignored : Color(map[x, y], legend));
    }

    /// <summary>Lays the colours of a class map over a picture of the same size; pixels without a class show the picture alone.</summary>
    /// <param name="scene">The picture below.</param>
    /// <param name="map">Classes.</param>
    /// <param name="legend">Their colours.</param>
    /// <param name="opacity">0 shows the picture alone, 1 the classes alone.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a class that the legend does not have.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An opacity outside 0 to 1.</exception>
    public static RgbImage Overlay(RgbImage scene, LabelMap map, ClassLegend legend, double opacity = 0.5)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(legend);
        if (opacity is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(opacity), $"An opacity of {opacity}: expected 0 to 1.");
        RequireSameSize(scene.Width, scene.Height, map);
        return Picture(map, (x, y) => map[x, y] == LabelMap.Ignore ? scene[x, y] : Mix(scene[x, y], Color(map[x, y], legend), opacity));
    }

    /// <summary>
    /// Shows where a prediction is right, where it is wrong, and where there is nothing to compare it with. Pixels that are
    /// not counted, such as those of training blocks, are paler.
    /// </summary>
    /// <param name="prediction">Predicted classes.</param>
    /// <param name="truth">True classes, of the same size.</param>
    /// <param name="counted">Which pixels count, row after row; null counts all.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static RgbImage Errors(LabelMap prediction, LabelMap truth, bool[]? counted = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        RequireSameSize(prediction.Width, prediction.Height, truth);
        if (counted is not null && counted.Length != truth.Classes.Length)
            throw new ArgumentException($"{counted.Length:N0} counted pixels of {truth.Classes.Length:N0}: expected as many.", nameof(counted));
        return Picture(truth, (x, y) =>
        {
            Rgb color = truth[x, y] == LabelMap.Ignore ? Ignored : truth[x, y] == prediction[x, y] ? Right : Wrong;
            return counted is null || counted[y * truth.Width + x] ? color : Pale(color);
        });
    }

    /// <summary>A colour as uncounted pixels show it.</summary>
    public static Rgb Pale(Rgb color) => Mix(color, new Rgb(255, 255, 255), 0.65);

    private static RgbImage Picture(LabelMap map, Func<int, int, Rgb> color)
    {
        var picture = new RgbImage(map.Width, map.Height);
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++) picture[x, y] = color(x, y);
        }

        return picture;
    }

    private static Rgb Color(byte label, ClassLegend legend) => label < legend.Count
        ? legend.Palette[label]
        : throw new ArgumentException($"The map has class {label}, the legend {legend.Count} classes ({string.Join(", ", legend.Names)}): expected 0 to {legend.Count - 1}, or {LabelMap.Ignore} for none.");

    private static Rgb Mix(Rgb below, Rgb above, double opacity)
    {
        return new Rgb(Channel(below.R, above.R), Channel(below.G, above.G), Channel(below.B, above.B));

        byte Channel(byte b, byte a) => (byte)Math.Round(b + (a - b) * opacity, MidpointRounding.AwayFromZero);
    }

    private static void RequireSameSize(int width, int height, LabelMap map)
    {
        if ((width, height) != (map.Width, map.Height))
            throw new ArgumentException($"The pictures are {width}x{height} and {map.Width}x{map.Height} pixels: expected the same size.");
    }
}
