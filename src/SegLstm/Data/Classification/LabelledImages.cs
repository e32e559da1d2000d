using SegLstm.Data.Augmentation;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Classification;

/// <summary>
/// Pictures of one size with their classes, read from the files as they are asked for: <c>"image"</c> float32 (3, size, size),
/// normalised, and <c>"label"</c> int64, a scalar.
/// </summary>
/// <param name="images">The pictures.</param>
/// <param name="size">Side of the square that each becomes, in pixels.</param>
/// <param name="fit">How, where nothing is varied.</param>
/// <param name="augmentation">How each is varied; null for tests.</param>
/// <param name="statistics">What to normalise with.</param>
/// <param name="seed">Item i of epoch e is the same whenever and wherever it is asked for.</param>
public sealed class LabelledImages(
    IReadOnlyList<LabelledImage> images, int size, ImageFit fit, ImageAugmentation? augmentation, BandStatistics statistics, long seed = 0)
    : KeyedDataset
{
    private readonly SeedStreams _seeds = new(seed);

    /// <summary>Number of pictures.</summary>
    public override long Count => images.Count;

    /// <summary>One picture.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "image" and "label".</returns>
    /// <exception cref="RasterException">A file is damaged or no picture.</exception>
    /// <exception cref="InvalidDataException">A file has samples of another kind.</exception>
    public override Dictionary<string, Tensor> GetTensor(long epoch, long index)
    {
        (string path, int label) = images[checked((int)index)];
        ByteImage picture = augmentation is null
            ? Fitted(PictureFile.Read(path, (height, width) => new Window(0, 0, width, height)))
            : augmentation.Read(path, size, _seeds, epoch, index);
        float[] samples = new float[picture.Samples.Length];
        for (int band = 0; band < picture.Bands; band++)
        {
            (float mean, float std) = (statistics.Mean[band], statistics.Std[band]);
            var from = picture.Band(band);
            var to = samples.AsSpan(band * picture.Pixels, picture.Pixels);
            for (int i = 0; i < to.Length; i++) to[i] = (from[i] - mean) / std;
        }

        return new() { ["image"] = tensor(samples, [picture.Bands, size, size]), ["label"] = tensor((long)label) };
    }

    private ByteImage Fitted(ByteImage picture) =>
        fit == ImageFit.Stretch ? BicubicResize.Of(picture, size, size) : BicubicResize.CentreCrop(picture, size);
}
