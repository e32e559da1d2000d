using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Scores as other tools give them: PyTorch-Encoding, few-shot, hyperspectral. The case is told by its inputs.</summary>
public sealed class MetricsSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "metrics";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Has("benchmark") ? FewShot(config, tensors)
            : tensors.InputNames.Contains("logits") ? Encoding(config, tensors)
            : Hyperspectral(config, tensors);
    }

    private static Subject Encoding(GoldenConfig config, GoldenTensors tensors)
    {
        var matrix = new ConfusionMatrix((int)config.Integer("classes"), (int)config.Integer("ignore"));
        var (logits, target) = (tensors["logits"], tensors["target"]);
        return new Subject(() =>
        {
            matrix.Add(logits.argmax(1), target);
            var scores = new EncodingScores(matrix);
            return
            [
                ("inter", tensor(scores.Intersection.ToArray())),
                ("union", tensor(scores.Union.ToArray())),
                ("pixAcc", tensor(scores.PixelAccuracy)),
                ("mIoU", tensor(scores.MeanIoU)),
            ];
        });
    }

    private static Subject FewShot(GoldenConfig config, GoldenTensors tensors)
    {
        var classes = config.Text("benchmark") switch
        {
            "pascal" => 20,
            "coco" => 80,
            "fss" => 1000,
            _ => throw config.Wrong("benchmark", "pascal, coco or fss"),
        };
        var meter = new FewShotMeter(classes, config.Integers("class_ids").Select(id => (int)id));
        var (prediction, mask, ids, ignore) = (tensors["pred"], tensors["gt"], tensors["class_id"], tensors.Find("ignore"));
        return new Subject(() =>
        {
            var batches = Enumerable.Range(0, (int)mask.shape[0])
                .Select(b => meter.Add(prediction[b], mask[b], ids[b], ignore?[b])).ToArray();
            return
            [
                ("area_inter", Areas(batches, episode => episode.Intersection)),
                ("area_union", Areas(batches, episode => episode.Union)),
                ("intersection_buf", Buffer(classes, meter.Intersection)),
                ("union_buf", Buffer(classes, meter.Union)),
                ("miou", tensor(100 * meter.MeanIoU)),
                ("fb_iou", tensor(100 * meter.ForegroundBackgroundIoU)),
            ];
        });
    }

    /// <summary>(batches, 2, B).</summary>
    private static Tensor Areas(IReadOnlyList<EpisodeAreas>[] batches, Func<EpisodeAreas, IReadOnlyList<long>> side) =>
        stack(batches.Select(batch => stack(batch.Select(episode => tensor(side(episode).ToArray())), 1)));

    /// <summary>(2, classes).</summary>
    private static Tensor Buffer(int classes, Func<int, int, long> count) =>
        stack(Enumerable.Range(0, 2).Select(side => tensor(Enumerable.Range(0, classes).Select(c => count(side, c)).ToArray())));

    private static Subject Hyperspectral(GoldenConfig config, GoldenTensors tensors)
    {
        var classes = (int)config.Integer("classes");
        var matrix = new ConfusionMatrix(classes, (int)config.Integer("ignore_label"));
        var (truth, prediction) = (tensors["truth"], tensors["pred"]);
        var missing = config.Integers("missing", []);
        return new Subject(() =>
        {
            matrix.Add(prediction, truth);
            if (missing.FirstOrDefault(c => matrix.Labels((int)c) > 0, -1) is >= 0 and var there)
            {
                throw new GoldenException($"contradicts itself: by its config class {there} is missing in the truth, but it occurs");
            }

            return [.. Common(matrix), .. Grsim(matrix)];
        });
    }

    private static IEnumerable<(string, Tensor)> Common(ConfusionMatrix matrix)
    {
        var scores = matrix.Scores;
        yield return ("confusion", tensor(matrix.ToArray()));
        yield return ("oa", tensor(scores.OverallAccuracy));
        yield return ("aa", tensor(scores.AverageAccuracy));
        yield return ("kappa", tensor(scores.Kappa));
        yield return ("recall", Marked(scores.PerClassRecall));
        yield return ("precision", Marked(scores.PerClassPrecision));
        yield return ("iou", Marked(scores.PerClassIoU));
        yield return ("f1", Marked(scores.PerClassF1));
        yield return ("miou", tensor(scores.MeanIoU));
        yield return ("fwiou", tensor(scores.FrequencyWeightedIoU));
    }

    private static IEnumerable<(string, Tensor)> Grsim(ConfusionMatrix matrix)
    {
        var scores = new GrsimScores(matrix);
        yield return ("grsim.Kappa", tensor(scores.Kappa));
        yield return ("grsim.Overall_Acc", tensor(scores.OverallAccuracy));
        yield return ("grsim.Class_Acc", Marked(scores.ClassAccuracy));
        yield return ("grsim.recall", Marked(scores.Recall));
        yield return ("grsim.F1_score", Marked(scores.F1));
        yield return ("grsim.Mean_Acc", tensor(scores.MeanAccuracy));
    }

    /// <summary>These files mark NaN by -1.</summary>
    private static Tensor Marked(IEnumerable<double> scores) => tensor(scores.Select(score => double.IsNaN(score) ? -1 : score).ToArray());
}
