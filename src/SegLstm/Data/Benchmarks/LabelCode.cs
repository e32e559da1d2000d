using SegLstm.Data.Rasters;

namespace SegLstm.Data.Benchmarks;

/// <summary>How a label file writes its classes.</summary>
internal abstract class LabelCode
{
    /// <summary>Reads a window as class numbers, 255 where nothing is labelled.</summary>
    /// <exception cref="InvalidDataException">The file holds what the code does not know.</exception>
    internal abstract byte[] Read(Raster raster, Window window);

    private static InvalidDataException Unknown(Raster raster, Window window, int index, string value, string known) => new(
        $"'{raster.Path}' holds {value} at column {window.X + index % window.Width}, row {window.Y + index / window.Width}; known are {known}. "
        + "Is it a label file of this data set, as it was published? A picture that was scaled or saved as JPEG has colours in between; "
        + "'seglstm data check' reads all label files.");

    private static byte[] Samples(Raster raster, Window window, int bands) => raster.Bands == bands && raster.BandTypes.All(t => t == SampleType.UInt8)
        ? raster.ReadArray<byte>(window)
        : throw new InvalidDataException($"'{raster.Path}' has {raster.Bands} bands of {raster.BandTypes[0]}; expected {bands} of UInt8.");

    /// <summary>One band of numbers; 0 means "no data" and class c is written as c + 1.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="order">The class that number c + 1 becomes, where that is not c.</param>
    internal sealed class OneBased(int classes, IReadOnlyList<byte>? order = null) : LabelCode
    {
        internal override byte[] Read(Raster raster, Window window)
        {
            byte[] labels = Samples(raster, window, 1);
            for (int i = 0; i < labels.Length; i++)
            {
                int label = labels[i];
                if (label > classes)
                    throw Unknown(raster, window, i, $"the label {label}", $"0 (no data) to {classes}");
                labels[i] = label == 0 ? SceneArrays.Ignore : order is null ? (byte)(label - 1) : order[label - 1];
            }

            return labels;
        }
    }

    /// <summary>Each class has a colour, and some colours may mean "ignore": three bands, or one with a colour table.</summary>
    /// <param name="palette">The colour of each class.</param>
    /// <param name="ignored">The colours of pixels that are not labelled.</param>
    /// <param name="threshold">Whether samples count as 0 or 255, whichever is nearer.</param>
    internal sealed class Colors(IReadOnlyList<Rgb> palette, IReadOnlyList<Rgb> ignored, bool threshold = false) : LabelCode
    {
        private readonly Dictionary<Rgb, byte> _classes = palette.Select((color, i) => (color, label: (byte)i))
            .Concat(ignored.Select(color => (color, label: SceneArrays.Ignore))).ToDictionary(p => p.color, p => p.label);

        internal override byte[] Read(Raster raster, Window window)
        {
            if (raster is { Bands: 1, ColorTable: { } table }) return Indexed(raster, window, table);
            byte[] planes = Samples(raster, window, 3);
            byte[] labels = new byte[planes.Length / 3];
            // Labels come in runs: most pixels have the colour of the one before.
            (int known, byte last) = (-1, 0);
            for (int i = 0; i < labels.Length; i++)
            {
                byte red = Level(planes[i]), green = Level(planes[labels.Length + i]), blue = Level(planes[2 * labels.Length + i]);
                int packed = red << 16 | green << 8 | blue;
                if (packed != known)
                {
                    var color = new Rgb(red, green, blue);
                    last = _classes.TryGetValue(color, out byte label) ? label
                        : throw Unknown(raster, window, i, $"the colour {color}", Known);
                    known = packed;
                }

                labels[i] = last;
            }

            return labels;
        }

        private string Known => string.Join(", ", _classes.Keys);

        private byte[] Indexed(Raster raster, Window window, IReadOnlyList<Rgb> table)
        {
            byte[] labels = Samples(raster, window, 1);
            for (int i = 0; i < labels.Length; i++)
            {
                int entry = labels[i];
                if (entry >= table.Count)
                    throw Unknown(raster, window, i, $"the number {entry}, which its colour table of {table.Count} lacks", Known);
                Rgb color = table[entry];
                labels[i] = _classes.TryGetValue(new Rgb(Level(color.R), Level(color.G), Level(color.B)), out byte label)
                    ? label : throw Unknown(raster, window, i, $"the colour {color}", Known);
            }

            return labels;
        }

        private byte Level(byte value) => !threshold ? value : value < 128 ? (byte)0 : (byte)255;
    }
}
