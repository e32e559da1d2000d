using SegLstm.Data.Rasters;

namespace SegLstm.Data.Benchmarks;

/// <summary>A data set of many image files with label files, on the disk as its publishers lay it out.</summary>
public sealed class RasterCollection
{
    // Items that are missing something are told once, not one after the other.
    private const int ToldFaults = 3;

    // Rows of an image that are read at a time: what is measured of an image does not need all of it in memory.
    private const int StripRows = 256;

    internal RasterCollection(CollectionScan scan, string name, LabelCode code) =>
        (Name, Root, Items, Faults, Code) = (name, scan.Root, scan.Items, scan.Faults, code);

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>The folder it is read from.</summary>
    public string Root { get; }

    /// <summary>The images, split by split, in the order of their names.</summary>
    public IReadOnlyList<CollectionItem> Items { get; }

    /// <summary>Class names and official colours.</summary>
    public ClassLegend Legend { get; internal init; } = ClassLegend.None;

    /// <summary>The name of each band.</summary>
    public IReadOnlyList<string> BandNames { get; internal init; } = [];

    /// <summary>Which bands, from 0, show as red, green and blue.</summary>
    public IReadOnlyList<int> DisplayBands { get; internal init; } = [];

    /// <summary>Who made it, and under which terms it may be used.</summary>
    public string Provenance { get; internal init; } = "";

    internal LabelCode Code { get; }

    /// <summary>Files that are missing, a sentence each.</summary>
    internal IReadOnlyList<string> Faults { get; }

    /// <summary>The images of a split.</summary>
    public IReadOnlyList<CollectionItem> Of(Split split) => [.. Items.Where(item => item.Split == split)];

    /// <summary>Loads one image whole.</summary>
    /// <param name="item">One of <see cref="Items"/>.</param>
    /// <exception cref="RasterException">A file is damaged.</exception>
    /// <exception cref="InvalidDataException">A file has other bands or labels than the data set declares.</exception>
    public Scene Load(CollectionItem item) => LoadArrays(item).ToScene();

    /// <summary>Mean and standard deviation of each band over the images of a split.</summary>
    /// <param name="split">As a rule the training split.</param>
    /// <param name="atMost">At most so many images, evenly spread over the list.</param>
    /// <exception cref="ArgumentException">The split is empty.</exception>
    public BandStatistics Measure(Split split = Split.Train, int atMost = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        var items = Of(split);
        return items.Count > 0 ? StatisticsOf(items, atMost) : throw new ArgumentException(
            $"{Name} has no images for {split} here: there is nothing to measure.");
    }

    /// <summary>Mean and standard deviation of each band over some images.</summary>
    /// <param name="items">The images.</param>
    /// <param name="atMost">At most so many of them, evenly spread over the list.</param>
    internal BandStatistics StatisticsOf(IReadOnlyList<CollectionItem> items, int atMost)
    {
        int count = Math.Min(atMost, items.Count);
        double pixels = 0;
        double[] sum = new double[BandNames.Count], squares = new double[BandNames.Count];
        for (int i = 0; i < count; i++)
        {
            using Raster image = OpenImage(items[(int)((long)i * items.Count / count)]);
            foreach (Window strip in Strips(image))
            {
                float[] samples = image.ReadArray<float>(strip);
                int area = strip.Width * strip.Height;
                pixels += area;
                for (int k = 0; k < samples.Length; k++)
                {
                    double value = samples[k];
                    sum[k / area] += value;
                    squares[k / area] += value * value;
                }
            }
        }

        double[] mean = [.. sum.Select(s => s / pixels)];
        return new BandStatistics(
            [.. mean.Select(m => (float)m)],
            [.. squares.Zip(mean, (s, m) => Math.Max(0, s / pixels - m * m)).Select(v => v > 1e-12 ? (float)Math.Sqrt(v) : 1)]);
    }

    /// <summary>This collection.</summary>
    /// <exception cref="FileNotFoundException">Files are missing; the message names the first.</exception>
    internal RasterCollection Complete() => Faults.Count == 0 ? this : throw new FileNotFoundException(
        $"{Name} in '{Root}' is not complete: {string.Join(" ", Faults.Take(ToldFaults))}"
        + $"{(Faults.Count > ToldFaults ? $" And {Faults.Count - ToldFaults} more." : "")} Unpack its archives again; 'seglstm data "
            + $"check' lists all.");

    /// <summary>An image's labels, strip by strip.</summary>
    internal IEnumerable<byte[]> Labels(CollectionItem item)
    {
        using Raster labels = Raster.Open(item.LabelPath!);
        foreach (Window strip in Strips(labels)) yield return Code.Read(labels, strip);
    }

    /// <summary>Windows of full width that cover an image once.</summary>
    internal static IEnumerable<Window> Strips(Raster image)
    {
        for (int row = 0; row < image.Height; row += StripRows)
            yield return new Window(0, row, image.Width, Math.Min(StripRows, image.Height - row));
    }

    internal Raster OpenImage(CollectionItem item) => Checked(Raster.Open(item.ImagePath), CheckImage);

    internal Raster? OpenLabels(CollectionItem item, Raster image) =>
        item.LabelPath is null ? null : Checked(Raster.Open(item.LabelPath), labels => CheckLabels(labels, image));

    /// <summary>Compares an image with what the data set declares.</summary>
    /// <exception cref="InvalidDataException">It has another number of bands.</exception>
    internal void CheckImage(Raster image)
    {
        if (image.Bands != BandNames.Count)
        {
            throw new InvalidDataException(
                $"'{image.Path}' has {image.Bands} bands; {Name} has {BandNames.Count}: {string.Join(", ", BandNames)}.");
        }
    }

    /// <summary>Compares labels with their image.</summary>
    /// <exception cref="InvalidDataException">They have another size.</exception>
    internal static void CheckLabels(Raster labels, Raster image)
    {
        if ((labels.Width, labels.Height) != (image.Width, image.Height))
        {
            throw new InvalidDataException(
                $"'{labels.Path}' is {labels.Width}x{labels.Height}, its image {image.Width}x{image.Height}: they do not belong together.");
        }
    }

    private static Raster Checked(Raster raster, Action<Raster> check)
    {
        try
        {
            check(raster);
            return raster;
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    internal SceneArrays LoadArrays(CollectionItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        using var image = OpenImage(item);
        using var labels = OpenLabels(item, image);
        return new SceneArrays
        {
            Name = item.Name,
            Height = image.Height,
            Width = image.Width,
            Image = image.ReadArray<float>(),
            BandNames = BandNames,
            DisplayBands = DisplayBands,
            Labels = labels is null ? null : Code.Read(labels, labels.Extent),
            Legend = labels is null ? ClassLegend.None : Legend,
            GeoTransform = image.GeoTransform,
            Projection = image.Projection,
            Provenance = Provenance,
        };
    }
}
