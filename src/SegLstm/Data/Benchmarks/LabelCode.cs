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
        + "Is it a label file of this data set?");

    private static byte[] Samples(Raster raster, Window window, int bands) => raster.Bands == bands && raster.BandTypes.All(t => t == SampleType.UInt8)
        ? raster.ReadArray<byte>(window)
        : throw new InvalidDataException($"'{raster.Path}' has {raster.Bands} bands of {raster.BandTypes[0]}; expected {bands} of UInt8.");

    /// <summary>One band of numbers; 0 means "no data" and class c is written as c + 1.</summary>
    internal sealed class OneBased(int classes) : LabelCode
    {
        internal override byte[] Read(Raster raster, Window window)
        {
            byte[] labels = Samples(raster, window, 1);
            for (int i = 0; i < labels.Length; i++)
            {
                if (labels[i] > classes)
                    throw Unknown(raster, window, i, $"the label {labels[i]}", $"0 (no data) to {classes}");
                labels[i] = labels[i] == 0 ? SceneArrays.Ignore : (byte)(labels[i] - 1);
            }

            return labels;
        }
    }

    /// <summary>Three bands: each class has a colour, and one colour may mean "ignore".</summary>
    internal sealed class Colors(IReadOnlyList<Rgb> palette, Rgb ignored, bool threshold = false) : LabelCode
    {
        private readonly Dictionary<Rgb, byte> _classes = palette.Select((color, i) => (color, label: (byte)i))
            .Append((color: ignored, label: SceneArrays.Ignore)).ToDictionary(p => p.color, p => p.label);

        internal override byte[] Read(Raster raster, Window window)
        {
            byte[] planes = Samples(raster, window, 3);
            byte[] labels = new byte[planes.Length / 3];
            for (int i = 0; i < labels.Length; i++)
            {
                var color = new Rgb(Level(planes[i]), Level(planes[labels.Length + i]), Level(planes[2 * labels.Length + i]));
                labels[i] = _classes.TryGetValue(color, out byte label)
                    ? label : throw Unknown(raster, window, i, $"the colour {color}", string.Join(", ", _classes.Keys));
            }

            return labels;
        }

        private byte Level(byte value) => !threshold ? value : value < 128 ? (byte)0 : (byte)255;
    }
}
