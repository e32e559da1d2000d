using SegLstm.Data.FewShot;
using SegLstm.Language;
using SegLstm.Layers;
using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>LSeg's zero-shot test: for each episode a model compares every pixel with two words, "others" and the class's name, and
/// the pixels like the name are its answer.</summary>
/// <remarks>Source: isl-org/lang-seg, <c>test_lseg_zs.py</c>; the scores are <see cref="FewShotMeter"/>'s.</remarks>
/// <param name="segmenter">The model, whose labels change.</param>
/// <param name="benchmark">The benchmark.</param>
public sealed class FewShotEvaluation(LanguageSegmenter segmenter, FewShotBenchmark benchmark)
{
    /// <summary>The word for everything that is not the class.</summary>
    public const string Others = "others";

    /// <summary>Side of the images in pixels.</summary>
    public int Size { get; init; } = 480;

    /// <summary>Runs a fold's test.</summary>
    /// <param name="fold">From 0.</param>
    /// <param name="progress">Is told how many of how many episodes are done; may be null.</param>
    /// <param name="stop">Ends the work between two episodes.</param>
    /// <returns>Mean IoU and foreground-background IoU of the fold, and what they are made of.</returns>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    public FewShotMeter Run(int fold, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var meter = new FewShotMeter(benchmark.Classes, benchmark.TestClasses(fold));
        IReadOnlyList<FewShotEpisode> episodes = benchmark.Test(fold);
        segmenter.Model.eval();
        using var inference = no_grad();
        Tensor mean = tensor(segmenter.Card.Mean.ToArray()).view(-1, 1, 1) / 255, std = tensor(segmenter.Card.Std.ToArray()).view(-1, 1, 1) / 255;
        for (int n = 0; n < episodes.Count; n++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using FewShotSample sample = benchmark.Read(episodes[n], Size);
            Tensor texts = segmenter.Encoder.Encode([Others, episodes[n].ClassName]);
            Tensor image = ((sample.Image - mean) / std).unsqueeze(0);
            Tensor scores = segmenter.Head.Score(segmenter.Model.Backbone.call(image), texts);
            Tensor answer = Resizing.Bilinear(scores, Size, Size).argmax(1);
            // The authors drop ignored pixels from both maps.
            Tensor mask = sample.Ignore is { } ignored ? sample.Mask.masked_fill(ignored.ne(0), 0) : sample.Mask;
            meter.Add(answer, mask.unsqueeze(0), tensor(new long[] { episodes[n].ClassId }), sample.Ignore?.unsqueeze(0));
            progress?.Invoke(n + 1, episodes.Count);
        }

        return meter;
    }
}
