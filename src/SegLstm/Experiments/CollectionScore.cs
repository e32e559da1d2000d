using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Metrics;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>Counts what a trained model gets right on images of a collection, one image after the other.</summary>
/// <param name="collection">The images.</param>
/// <param name="card">The model's window, normalisation and classes.</param>
/// <param name="evaluation">Whether images are seen whole or in windows.</param>
/// <param name="overlap">Pixels that neighbouring windows share.</param>
/// <param name="patch">Side of the patches that are seen whole; 0 for images.</param>
public sealed class CollectionScore(RasterCollection collection, ModelCard card, CollectionEvaluation evaluation, int overlap,
    int patch = 0)
{
    /// <summary>Measures.</summary>
    /// <param name="model">Normalised images to logits.</param>
    /// <param name="items">Labelled images.</param>
    /// <param name="progress">Is told how many of how many images (or patches) are done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ArgumentException">The model has other bands or classes than the collection, or images have no labels.</exception>
    public ConfusionMatrix Of(
        nn.Module<Tensor, Tensor> model, IReadOnlyList<CollectionItem> items, Action<long, long>? progress = null,
            CancellationToken stop = default)
    {
        if (card.Channels != collection.BandNames.Count || card.Classes != collection.Legend.Count)
        {
            throw new ArgumentException(
                $"{collection.Name} has {collection.BandNames.Count} bands ({string.Join(", ", collection.BandNames)}) and "
                + $"{collection.Legend.Count} classes, the model takes {card.Channels} ({string.Join(", ", card.Bands)}) and tells "
                + $"{card.Classes} apart.");
        }

        var statistics = new Data.BandStatistics(card.Mean, card.Std);
        items = CollectionReader.Labelled(collection, items, "What is to be measured");
        if (evaluation == CollectionEvaluation.Whole)
        {
            using var images = new CollectionImages(collection, items, patch, statistics);
            return Evaluator.Evaluate(model, images, card.Classes, card.IgnoreIndex, done =>
            {
                stop.ThrowIfCancellationRequested();
                progress?.Invoke(done, images.Count);
            });
        }

        var matrix = new ConfusionMatrix(card.Classes, card.IgnoreIndex);
        using var reader = new CollectionReader(collection, statistics);
        var predictor = new Predictor(model, card.Classes, card.ImageSize, overlap);
        for (int i = 0; i < items.Count; i++)
        {
            CollectionItem item = items[i];
            var (height, width) = reader.Size(item);
            predictor.Predict(
                width, height, (x, y, w, h) => reader.Picture(item, new Window(x, y, w, h)),
                (top, probabilities) =>
                {
                    int rows = (int)probabilities.shape[1];
                    byte[] labels = reader.Labels(item, new Window(0, top, width, rows));
                    matrix.Add(probabilities.argmax(0), tensor(Array.ConvertAll(labels, label => (long)label), [rows, width]));
                },
                stop: stop);
            progress?.Invoke(i + 1, items.Count);
        }

        return matrix;
    }
}
