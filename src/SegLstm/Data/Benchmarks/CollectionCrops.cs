using SegLstm.Data.Augmentation;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Training crops of a collection, varied as published recipes do: resized, cropped, flipped, distorted, normalised; <c>"image"</c>
/// float32 (C, size, size) and <c>"label"</c> int64 (size, size). A crop that is smaller than its size lies in the upper left, beside
/// it is 0 and ignored. Files are read window by window as crops are asked for.
/// </summary>
/// <remarks>
/// mmsegmentation pads after normalising, so what lies beyond an image has the mean's colour. One crop a patch makes an epoch.
/// </remarks>
public sealed class CollectionCrops : KeyedDataset
{
    private readonly CollectionReader _reader;
    private readonly IReadOnlyList<(CollectionItem Item, Window? Window)> _patches;
    private readonly CropOptions _options;
    private readonly SeedStreams _seeds;
    private readonly IReadOnlyList<int> _display;

    /// <summary>Lists the patches of a split.</summary>
    /// <param name="collection">The data set; its images have bands of 8 bits.</param>
    /// <param name="split">A split with labels.</param>
    /// <param name="options">How crops are cut and varied.</param>
    /// <param name="statistics">What to normalise with.</param>
    /// <exception cref="ArgumentException">The split has no images, an image no labels, or an option cannot be used.</exception>
    public CollectionCrops(RasterCollection collection, Split split, CropOptions options, BandStatistics statistics)
        : this(collection, CollectionReader.Labelled(collection, collection.Of(split), $"The split {split}"), options, statistics)
    {
    }

    internal CollectionCrops(RasterCollection collection, IReadOnlyList<CollectionItem> items, CropOptions options,
        BandStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. options.Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        (_reader, _options, _seeds, _display) = (new CollectionReader(collection, statistics), options, new SeedStreams(options.Seed),
            collection.DisplayBands);
        _patches = CollectionPatches.Of(_reader, items, options.Patch);
    }

    /// <summary>Number of crops of an epoch: one a patch.</summary>
    public override long Count => _patches.Count;

    /// <summary>One crop.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="index">0 to <see cref="Count"/> - 1: the patch.</param>
    /// <returns>New tensors "image" and "label".</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such patch.</exception>
    /// <exception cref="RasterException">A file is damaged, or its samples are no bytes.</exception>
    /// <exception cref="InvalidDataException">A file has other bands or labels than the data set declares.</exception>
    public override Dictionary<string, Tensor> GetTensor(long epoch, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var (item, cut) = _patches[(int)index];
        var (height, width) = _reader.Size(item);
        Window patch = cut ?? new Window(0, 0, width, height);
        var labels = new LabelWindows(patch.Height, patch.Width, part => _reader.Labels(item, InFile(part)));
        var crop = TrainingCrop.Draw(labels, _options.Size, _options.Augmentation, _seeds, epoch, index);
        Window source = crop.Source;
        byte[] samples = _reader.Samples<byte>(item, InFile(source));
        ByteImage picture = crop.Picture(
            new ByteImage(samples, samples.Length / (source.Width * source.Height), source.Height, source.Width));
        if (_options.Augmentation.Photometric) PhotometricDistortion.Apply(picture, _display, _seeds.Draw("photometric", epoch, index));
        _options.Augmentation.Jitter?.Apply(picture, _display, _seeds.Draw("jitter", epoch, index));
        return _reader.Tile<byte>(picture.Samples, crop.Labels(labels), picture.Width, _options.Size, _options.Size);

        Window InFile(Window part) => part with { X = patch.X + part.X, Y = patch.Y + part.Y };
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
