using SegLstm.Models.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Trains a classifier of pixels.</summary>
/// <param name="options">How.</param>
public sealed class PixelTrainer(PixelTrainingOptions options)
{
    private const string Shuffle = "shuffle";

    /// <summary>Trains in place; the model is in evaluation mode afterwards.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="cube">The image.</param>
    /// <param name="scale">How it is standardised.</param>
    /// <param name="pixels">Training pixels.</param>
    /// <param name="labels">Class of each of them, from 0.</param>
    /// <param name="progress">Is told the number of each epoch that is done, from 1, and its mean loss.</param>
    /// <param name="stop">Ends the training between two batches.</param>
    /// <returns>The mean loss of each epoch.</returns>
    /// <exception cref="ArgumentException">Options, numbers or bands do not fit.</exception>
    /// <exception cref="InvalidOperationException">The loss is no number any more.</exception>
    public IReadOnlyList<double> Train(
        PixelClassifier model, SpectralCube cube, BandScale scale, int[] pixels, int[] labels,
        Action<int, double>? progress = null, CancellationToken stop = default)
    {
        Check(model, cube, pixels, labels);
        var windows = new PixelWindows(cube, scale, model.Input.Window);
        var streams = new SeedStreams(options.Seed);
        using var adam = optim.Adam(model.parameters(), options.LearningRate);
        var losses = new List<double>();
        model.train();
        try
        {
            for (var epoch = 0; epoch < options.Epochs; epoch++)
            {
                var order = Enumerable.Range(0, pixels.Length).ToArray();
                streams.Draw(Shuffle, epoch).Shuffle(order);
                var sum = 0.0;
                foreach (var batch in Batches(order))
                {
                    stop.ThrowIfCancellationRequested();
                    sum += Step(model, adam, windows, batch, pixels, labels) * batch.Length;
                }

                losses.Add(sum / pixels.Length);
                if (!double.IsFinite(losses[^1]))
                {
                    throw new InvalidOperationException(
                        $"The loss of epoch {epoch + 1} is {losses[^1]}: lower {nameof(PixelTrainingOptions.LearningRate)} "
                        + $"(it is {options.LearningRate}).");
                }

                progress?.Invoke(epoch + 1, losses[^1]);
            }
        }
        finally
        {
            model.eval();
        }

        return losses;
    }

    private static double Step(
        PixelClassifier model, optim.Optimizer adam, PixelWindows windows, int[] batch, int[] pixels, int[] labels)
    {
        using var scope = NewDisposeScope();
        var x = windows.Cut(Array.ConvertAll(batch, i => pixels[i]));
        var target = tensor(Array.ConvertAll(batch, i => (long)labels[i]));
        adam.zero_grad();
        var loss = nn.functional.cross_entropy(model.call(x), target);
        loss.backward();
        adam.step();
        return loss.item<float>();
    }

    /// <summary>Batches of an order; a last one of a single pixel, which batch norm cannot take, joins the one before.</summary>
    private IEnumerable<int[]> Batches(int[] order)
    {
        for (var from = 0; from < order.Length;)
        {
            var size = order.Length - from - options.BatchSize <= 1 ? order.Length - from : options.BatchSize;
            yield return order[from..(from + size)];
            from += size;
        }
    }

    private void Check(PixelClassifier model, SpectralCube cube, int[] pixels, int[] labels)
    {
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }

        if (pixels.Length == 0 || pixels.Length != labels.Length)
        {
            throw new ArgumentException(
                $"Expected at least one training pixel and a label for each, got {pixels.Length} and {labels.Length}.",
                nameof(labels));
        }

        if (cube.Bands != model.Input.Bands)
        {
            throw new ArgumentException(
                $"The image has {cube.Bands} bands, the model reads {model.Input.Bands}: make it for these.", nameof(model));
        }

        if (Array.FindIndex(labels, label => label < 0 || label >= model.Input.Classes) is >= 0 and var at)
        {
            throw new ArgumentException(
                $"Expected labels 0 to {model.Input.Classes - 1}, got {labels[at]} of pixel {pixels[at]}. Classes count from 0 here; "
                + "leave unlabelled pixels out.",
                nameof(labels));
        }
    }
}
