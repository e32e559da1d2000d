using System.Diagnostics;
using SegLstm.Metrics;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.Classification;

/// <summary>Counts what a classifier of whole images gets right, batch by batch.</summary>
public static class ImageScorer
{
    private const int BatchSize = 32, Guesses = 5;

    /// <summary>Measures.</summary>
    /// <param name="model">Normalised images <c>(N, bands, h, w)</c> to logits <c>(N, classes)</c>; left in evaluation mode.</param>
    /// <param name="data">Yields "image" and "label", a scalar, all images of one size.</param>
    /// <param name="card">Its classes, and the label that is left out.</param>
    /// <param name="progress">Is told how many of how many images are done.</param>
    /// <param name="stop">Ends the work.</param>
    public static ImageScore Of(nn.Module<Tensor, Tensor> model, utils.data.Dataset data, ModelCard card,
        Action<long, long>? progress = null, CancellationToken stop = default)
    {
        var matrix = new ConfusionMatrix(card.Classes, card.IgnoreIndex);
        long among = 0, timed = 0;
        double seconds = 0;
        Device device = model.parameters().FirstOrDefault()?.device ?? CPU;
        model.eval();
        using var inference = inference_mode();
        for (long first = 0; first < data.Count; first += BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int count = (int)Math.Min(BatchSize, data.Count - first);
            Dictionary<string, Tensor>[] items = [.. Enumerable.Range(0, count).Select(i => data.GetTensor(first + i))];
            Tensor images = stack(items.Select(item => item["image"])).to(device);
            // The first batch is run twice, as it warms caches.
            if (first == 0) model.call(images).Dispose();
            long start = Stopwatch.GetTimestamp();
            Tensor logits = model.call(images).cpu();
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            timed += count;
            Tensor labels = stack(items.Select(item => item["label"]));
            (_, Tensor guesses) = logits.topk(Math.Min(Guesses, card.Classes), 1);
            matrix.Add(guesses.narrow(1, 0, 1).squeeze(1), labels);
            among += guesses.eq(labels.unsqueeze(1)).any(1).sum().item<long>();
            progress?.Invoke(first + count, data.Count);
        }

        return new ImageScore(matrix, among, timed / Math.Max(seconds, 1e-9));
    }
}
