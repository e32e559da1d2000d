using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Models;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>Trains one network on several data sets whose labels were never made one list: each batch is of one set, and is compared
/// with that set's words alone.</summary>
/// <remarks>So LSeg's demonstration was trained, on seven sets whose labels are used as they are (arXiv 2201.03546, section 5); its
/// code is not public. Which set a batch is from is drawn by the sets' weights. This short loop keeps no states and does not
/// resume; training on one scene does (<see cref="SceneExperiment"/>).</remarks>
/// <param name="model">A network with a <see cref="LanguageHead"/>.</param>
/// <param name="encoder">Encodes the words; its side stays as it is.</param>
/// <param name="options">The recipe; cross-entropy on labelled pixels, whatever losses it names.</param>
public sealed class MixedTraining(Segmenter model, ITextEncoder encoder, TrainingOptions options)
{
    private const int IgnoreIndex = 255;

    private readonly CrossEntropyLoss _loss = new(ignoreIndex: IgnoreIndex, averageNonIgnored: true);

    private readonly LanguageHead _head = model.Head as LanguageHead ?? throw new ArgumentException(
        $"The model ends in {model.Head.GetName()}, which has classes of its own: expected a LanguageHead.", nameof(model));

    /// <summary>Runs all iterations.</summary>
    /// <param name="sources">The data sets.</param>
    /// <param name="stepped">Is told of each iteration: its number, the source's, the loss; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    /// <returns>The loss of each iteration.</returns>
    /// <exception cref="ArgumentException">The options, the sources or their labels cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<double> Fit(
        IReadOnlyList<MixedSource> sources, Action<int, int, double>? stepped = null, CancellationToken stop = default)
    {
        string[] faults = [.. options.Validate(), .. Faults(sources)];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));

        var seeds = new SeedStreams(options.Seed);
        Batches[] batches = [.. sources.Select(source => new Batches(source.Tiles, options.BatchSize, seeds))];
        Tensor[] texts = [.. sources.Select(source => encoder.Encode(LabelList.Check(source.Labels)).DetachFromDisposeScope())];
        long[] taken = new long[sources.Count];
        using var optimizer = new NamedOptimizer(model, options);
        var losses = new List<double>();
        Device device = model.parameters().First().device;
        try
        {
            model.train();
            for (int iteration = 0; iteration < options.Schedule.Iterations; iteration++)
            {
                stop.ThrowIfCancellationRequested();
                int source = Draw(sources, seeds.Draw("source", iteration).NextDouble());
                manual_seed(seeds["augment", iteration, 0]);
                using var scope = NewDisposeScope();
                (Tensor image, Tensor label) = batches[source][taken[source]++, device];
                double loss = Step(image, label, texts[source].to(device), optimizer, options.LearningRate * options.Schedule.Factor(iteration));
                losses.Add(loss);
                stepped?.Invoke(iteration, source, loss);
            }
        }
        finally
        {
            foreach (Tensor text in texts) text.Dispose();
            model.eval();
        }

        return losses;
    }

    private double Step(Tensor image, Tensor label, Tensor texts, NamedOptimizer optimizer, double rate)
    {
        model.zero_grad();
        Tensor scores = Layers.Resizing.Bilinear(_head.Score(model.Backbone.call(image), texts), image.shape[2], image.shape[3]);
        Tensor loss = _loss.call(scores, label);
        double value = loss.to(ScalarType.Float64).item<double>();
        if (!double.IsFinite(value)) throw new InvalidOperationException($"The loss is {value}: lower the learning rate.");
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), options.ClipNorm ?? double.PositiveInfinity);
        optimizer.Step(rate);
        return value;
    }

    private static int Draw(IReadOnlyList<MixedSource> sources, double random)
    {
        double left = random * sources.Sum(source => source.Weight);
        for (int k = 0; k < sources.Count - 1; k++)
        {
            left -= sources[k].Weight;
            if (left < 0) return k;
        }

        return sources.Count - 1;
    }

    private static IEnumerable<string> Faults(IReadOnlyList<MixedSource> sources)
    {
        if (sources.Count == 0) yield return "There is no data set to learn from.";
        foreach ((int k, MixedSource source) in sources.Index())
        {
            if (source.Weight is not (> 0 and < double.PositiveInfinity)) yield return $"Data set {k} has the weight {source.Weight}: expected a positive number.";
            if (source.Tiles.Count == 0) yield return $"Data set {k} has no tiles.";
        }
    }
}
