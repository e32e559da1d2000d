using SegLstm.Data.Rasters;

namespace SegLstm.Data.Benchmarks;

/// <summary>A data set of many image files with label files, on the disk as its publishers lay it out.</summary>
public sealed class RasterCollection
{
    internal RasterCollection(
        string name, IReadOnlyList<CollectionItem> items, ClassLegend legend, LabelCode code, IReadOnlyList<string> bandNames,
        IReadOnlyList<int> displayBands, string provenance)
    {
        (Name, Items, Legend, Code, BandNames, DisplayBands, Provenance) = (name, items, legend, code, bandNames, displayBands, provenance);
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>The images, in the order of their names.</summary>
    public IReadOnlyList<CollectionItem> Items { get; }

    /// <summary>Class names and official colours.</summary>
    public ClassLegend Legend { get; }

    /// <summary>The name of each band.</summary>
    public IReadOnlyList<string> BandNames { get; }

    /// <summary>Which bands, from 0, show as red, green and blue.</summary>
    public IReadOnlyList<int> DisplayBands { get; }

    /// <summary>Who made it, and under which terms it may be used.</summary>
    public string Provenance { get; }

    internal LabelCode Code { get; }

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
        if (items.Count == 0)
            throw new ArgumentException($"{Name} has no images for {split} here: there is nothing to measure.");
        int count = Math.Min(atMost, items.Count);
        double pixels = 0;
        double[] sum = new double[BandNames.Count], squares = new double[BandNames.Count];
        for (int i = 0; i < count; i++)
        {
            var scene = LoadArrays(items[(int)((long)i * items.Count / count)]);
            pixels += scene.Pixels;
            for (int k = 0; k < scene.Image.Length; k++)
            {
                double value = scene.Image[k];
                sum[k / scene.Pixels] += value;
                squares[k / scene.Pixels] += value * value;
            }
        }

        double[] mean = [.. sum.Select(s => s / pixels)];
        return new BandStatistics(
            [.. mean.Select(m => (float)m)],
            [.. squares.Zip(mean, (s, m) => Math.Max(0, s / pixels - m * m)).Select(v => v > 1e-12 ? (float)Math.Sqrt(v) : 1)]);
    }

    internal Raster OpenImage(CollectionItem item)
    {
        var raster = Raster.Open(item.ImagePath);
        if (raster.Bands == BandNames.Count)
            return raster;
        using (raster)
        {
            throw new InvalidDataException(
                $"'{raster.Path}' has {raster.Bands} bands; {Name} has {BandNames.Count}: {string.Join(", ", BandNames)}.");
        }
    }

    internal Raster? OpenLabels(CollectionItem item, Raster image)
    {
        if (item.LabelPath is null)
            return null;
        var labels = Raster.Open(item.LabelPath);
        if ((labels.Width, labels.Height) == (image.Width, image.Height))
            return labels;
        using (labels)
        {
            throw new InvalidDataException(
                $"'{labels.Path}' is {labels.Width}x{labels.Height}, its image {image.Width}x{image.Height}: they do not belong together.");
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
