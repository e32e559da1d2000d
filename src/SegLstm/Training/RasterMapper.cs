using SegLstm.Data;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Classifies a raster file of any size into a GeoTIFF on the same grid: one byte a pixel, colour table and class names
/// of the model, 255 where the source has no data. Reads windows and writes finished rows; nothing as large as the scene
/// is held in memory.
/// </summary>
/// <param name="predictor">Predicts normalised windows.</param>
/// <param name="card">The model's bands, normalisation and classes.</param>
public sealed class RasterMapper(Predictor predictor, ModelCard card)
{
    private const int PreviewSide = 2048;

    /// <summary>Maps a raster.</summary>
    /// <param name="source">The raster to classify.</param>
    /// <param name="bands">0-based bands of the raster that stand for the model's bands, in the model's order.</param>
    /// <param name="destination">The GeoTIFF; appears when it is complete.</param>
    /// <param name="progress">Is told how many of how many windows are done.</param>
    /// <param name="stop">Gives the map up between two batches of windows.</param>
    /// <exception cref="ArgumentException">The bands do not fit the raster or the model.</exception>
    /// <exception cref="RasterException">The source is damaged, or the map cannot be written.</exception>
    public RasterMap Map(
        Raster source, IReadOnlyList<int> bands, string destination, Action<long, long>? progress = null,
        CancellationToken stop = default)
    {
        CheckBands(source, bands);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        Tensor order = tensor(bands.Select(band => (long)band).ToArray());
        Tensor mean = tensor(card.Mean.ToArray()).view(-1, 1, 1), std = tensor(card.Std.ToArray()).view(-1, 1, 1);
        long windows = predictor.Windows(source.Width, source.Height).Count;
        int step = (Math.Max(source.Width, source.Height) + PreviewSide - 1) / PreviewSide;
        Tensor columns = arange(0, source.Width, step);
        Tensor image = empty(card.Channels, (source.Height + step - 1) / step, columns.shape[0]);
        Tensor labels = empty(image.shape[1], image.shape[2], dtype: ScalarType.Byte);
        long[] pixels = new long[card.Classes];
        long withoutData = 0;

        using RasterWriter writer = RasterWriter.Create(
            destination, ClassMap.Spec(source.Width, source.Height, card.Legend, source.GeoTransform, source.Projection));
        predictor.Predict(source.Width, source.Height, Normalised, Write, done => progress?.Invoke(done, windows), stop);
        writer.Commit();
        return new RasterMap(pixels, withoutData, scope.MoveToOuter(image), scope.MoveToOuter(labels), step);

        Tensor Samples(int x, int y, int w, int h) =>
            source.Read(new Window(x, y, w, h), ScalarType.Float32).index_select(0, order);

        Tensor Normalised(int x, int y, int w, int h)
        {
            Tensor samples = Samples(x, y, w, h);
            // The mean stands in for what is missing, so that no window beside a gap is spoilt.
            return ((samples - mean) / std).masked_fill(Missing(samples, source.NoData).unsqueeze(0), 0);
        }

        void Write(int top, Tensor probabilities)
        {
            int rows = (int)probabilities.shape[1];
            Tensor samples = Samples(0, top, source.Width, rows);
            Tensor missing = Missing(samples, source.NoData);
            Tensor classes = probabilities.argmax(0).masked_fill(missing, ClassMap.NoData);
            writer.Write(classes.to_type(ScalarType.Byte), 0, top);

            long[] counts = classes.flatten().bincount(null, ClassMap.NoData + 1).data<long>().ToArray();
            for (int c = 0; c < pixels.Length; c++) pixels[c] += counts[c];
            withoutData += counts[ClassMap.NoData];

            int first = (step - top % step) % step;
            if (first >= rows) return;
            Tensor kept = arange(first, rows, step);
            image.narrow(1, (top + first) / step, kept.shape[0]).copy_(samples.index_select(1, kept).index_select(2, columns));
            labels.narrow(0, (top + first) / step, kept.shape[0]).copy_(classes.index_select(0, kept).index_select(1, columns));
        }
    }

    // A pixel without data: the declared value in all bands, or a sample that is no number in any.
    private static Tensor Missing(Tensor samples, double? noData)
    {
        Tensor missing = samples.isfinite().logical_not().any(0);
        return noData is { } value && double.IsFinite(value) ? missing.logical_or(samples.eq((float)value).all(0)) : missing;
    }

    private void CheckBands(Raster source, IReadOnlyList<int> bands)
    {
        if (bands.Count != card.Channels)
        {
            throw new ArgumentException(
                $"{bands.Count} bands were chosen for a model of {card.Channels} ({string.Join(", ", card.Bands)}): name one "
                    + $"for each, in this order.");
        }

        foreach (int band in bands)
        {
            if (band < 0 || band >= source.Bands)
            {
                throw new ArgumentException($"'{source.Path}' has no band {band + 1}: expected 1 to {source.Bands}.");
            }
        }

        if (card.Classes > ClassMap.NoData)
        {
            throw new ArgumentException(
                $"The model has {card.Classes} classes: a map of one byte a pixel holds {ClassMap.NoData}.");
        }
    }
}
