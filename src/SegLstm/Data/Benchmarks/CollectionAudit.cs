using SegLstm.Data.Rasters;

namespace SegLstm.Data.Benchmarks;

/// <summary>What a collection on the disk is like beside what was published: every file is opened, every label is read.</summary>
public sealed record CollectionAudit
{
    /// <summary>The data set.</summary>
    public required RasterCollection Collection { get; init; }

    /// <summary>Images found, and those published where that is known, of each split that has either.</summary>
    public required IReadOnlyList<(Split Split, int Found, int Labelled, int? Published)> Counts { get; init; }

    /// <summary>Images of each size, the most frequent first.</summary>
    public required IReadOnlyList<(int Height, int Width, int Images)> Sizes { get; init; }

    /// <summary>Labelled pixels of each class, and behind them those that are ignored.</summary>
    public required IReadOnlyList<long> Pixels { get; init; }

    /// <summary>
    /// Everything that keeps the collection from being used, a sentence each: missing partners, damaged files, unknown colours.
    /// </summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What differs from what was published, and may be meant so: fewer images, another size.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Reads all of a collection.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="progress">Is told how many of how many images are done.</param>
    /// <param name="stop">Ends the work between two images.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="ArgumentException">It has no such choice as an option makes.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CollectionAudit Of(
        BenchmarkEntry entry, string root, CollectionOptions? options = null, Action<long, long>? progress = null,
            CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RasterCollection collection = entry.Scan(root, options ?? new());
        var faults = new List<string>(collection.Faults);
        var sizes = new Dictionary<(int Height, int Width), int>();
        long[] pixels = new long[collection.Legend.Count + 1];
        for (int i = 0; i < collection.Items.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            Read(collection, collection.Items[i], sizes, pixels, faults);
            progress?.Invoke(i + 1, collection.Items.Count);
        }

        var counts = Enum.GetValues<Split>()
            .Select(split => (Split: split, Items: collection.Of(split), Published: entry.Published.TryGetValue(split, out int count)
                ? count : (int?)null))
            .Where(part => part.Items.Count > 0 || part.Published is not null)
            .Select(part => (part.Split, Found: part.Items.Count, Labelled: part.Items.Count(item => item.LabelPath is not null),
                part.Published)).ToArray();
        // A packing in windows has other counts and sizes than the tiles it was cut from.
        bool isCut = Directory.Exists(Path.Combine(collection.Root, "img_dir")) && entry.ImageSize != (1024, 1024);
        return new CollectionAudit
        {
            Collection = collection,
            Counts = counts,
            Sizes = [.. sizes.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
                .Select(pair => (pair.Key.Height, pair.Key.Width, pair.Value))],
            Pixels = pixels,
            Faults = faults,
            Remarks = isCut ? [] :
            [
                .. counts.Where(part => part.Published is { } published && published != part.Found)
                    .Select(part => $"{part.Split} has {part.Found} images; {part.Published} were published"),
                .. entry.ImageSize is { } size ? sizes.Where(pair => pair.Key != size)
                    .Select(pair => $"{pair.Value} images are {pair.Key.Height}x{pair.Key.Width}; published are "
                        + $"{size.Height}x{size.Width}") : [],
            ],
        };
    }

    private static void Read(
        RasterCollection collection, CollectionItem item, Dictionary<(int Height, int Width), int> sizes, long[] pixels,
            List<string> faults)
    {
        try
        {
            using Raster image = collection.OpenImage(item);
            sizes[(image.Height, image.Width)] = sizes.GetValueOrDefault((image.Height, image.Width)) + 1;
            // What was cut off while it was copied shows when its samples are read, not before.
            byte[] row = [];
            foreach (Window strip in RasterCollection.Strips(image))
            {
                if (row.Length != strip.Width * strip.Height * image.Bands) row = new byte[strip.Width * strip.Height * image.Bands];
                if (image.BandTypes.All(type => type == SampleType.UInt8)) image.Read(strip, row.AsSpan());
                else image.ReadArray<float>(strip);
            }

            if (item.LabelPath is null) return;
            using Raster? labels = collection.OpenLabels(item, image);
            foreach (byte label in collection.Labels(item).SelectMany(strip => strip)) pixels[Math.Min(label, pixels.Length - 1)]++;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            faults.Add(fault.Message);
        }
    }
}
