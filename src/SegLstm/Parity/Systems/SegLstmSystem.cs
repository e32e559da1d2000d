using System.Globalization;
using SegLstm.Metrics;
using SegLstm.Models.SegLstm;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Seg-LSTM's encoder, its loss, its scores and its learning rates.</summary>
public sealed class SegLstmSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "seglstm";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls") switch
        {
            "SegLSTM" => Backbone(config, tensors),
            "CrossEntropyLoss" => Loss(config, tensors),
            "IoUMetric" => Metric(config, tensors),
            _ => throw config.Wrong("cls", "SegLSTM, CrossEntropyLoss or IoUMetric"),
        };
    }

    /// <summary>The learning rates at some iterations, which stand in the side file.</summary>
    public override (Subject Subject, GoldenTensors Tensors) BuildWithoutFiles(GoldenCase golden)
    {
        var sideFile = golden.Root;
        if (!sideFile.TryGetProperty("learning_rate_at_iteration", out var rates) || !sideFile.TryGetProperty("base_lr", out var rate))
        {
            throw new GoldenException("cannot be built: it names no tensor files and has no base_lr and learning_rate_at_iteration");
        }

        var points = rates.EnumerateObject().ToArray();
        var iterations = points.Select(point => int.Parse(point.Name, CultureInfo.InvariantCulture)).ToArray();
        var expected = points.Select(point => point.Value.GetDouble()).ToArray();
        var schedule = new LearningRateSchedule();
        var tensors = GoldenTensors.Of([], new() { ["learning_rate_at_iteration"] = tensor(expected) });
        return (new Subject(() => [("learning_rate_at_iteration", tensor(iterations.Select(t => rate.GetDouble() * schedule.Factor(t)).ToArray()))]), tensors);
    }

    private static Subject Backbone(GoldenConfig config, GoldenTensors tensors)
    {
        // The authors' class takes the first four and uses none; the others do nothing in evaluation mode.
        config.Note("output_shape", "pooling", "mode", "legacy_norm", "drop_path_rate", "drop_path_decay", "init_weights");
        var shape = config.Integers("input_shape");
        var image = Images.Input(config, tensors, shape);
        var backbone = new SegLSTM(new SegLstmConfig
        {
            Dim = config.Integer("dim"),
            Channels = shape[0],
            Height = shape[1],
            Width = shape[2],
            PatchSize = config.Integer("patch_size", 16),
            Stride = config.Has("stride") ? config.Integer("stride") : null,
            Depths = [.. config.Integers("depth1", [6, 6, 6, 6]).Select(depth => (int)depth)],
        });
        return new Subject(() => backbone.forward(image).Select((map, stage) => ($"out{stage}", map))) { Module = backbone };
    }

    private static Subject Loss(GoldenConfig config, GoldenTensors tensors)
    {
        config.Only("reduction", "mean");
        config.Off("use_sigmoid", "use_mask");
        var loss = new CrossEntropyLoss(config.Number("loss_weight", 1), config.Integer("ignore_index", 255),
            config.Flag("avg_non_ignore", false), config.Numbers("class_weight"));
        var (logits, label) = (tensors["logits"], tensors["label"]);
        return new Subject(() => [("loss", loss.forward(logits, label))]);
    }

    private static Subject Metric(GoldenConfig config, GoldenTensors tensors)
    {
        var matrix = new ConfusionMatrix((int)config.Integer("num_classes"), (int)config.Integer("ignore_index", 255));
        var (label, prediction) = (tensors["label"], tensors["pred"]);
        if (config.Has("images") && config.Integer("images") != label.shape[0])
        {
            throw config.Wrong("images", $"{label.shape[0]}, as input.label has");
        }

        return new Subject(() =>
        {
            // One image after the other: what adds up over a set is the areas, not the scores.
            for (var image = 0L; image < label.shape[0]; image++)
            {
                matrix.Add(prediction[image], label[image]);
            }

            return [.. Areas(matrix), .. PerClass(matrix.Scores), .. Means(matrix.Scores)];
        });
    }

    private static IEnumerable<(string, Tensor)> Areas(ConfusionMatrix matrix)
    {
        Tensor Each(Func<int, long> area) => tensor(Enumerable.Range(0, matrix.Classes).Select(c => (double)area(c)).ToArray());
        yield return ("areas.intersect", Each(matrix.Hits));
        yield return ("areas.label", Each(matrix.Labels));
        yield return ("areas.pred", Each(matrix.Predictions));
        yield return ("areas.union", Each(c => matrix.Labels(c) + matrix.Predictions(c) - matrix.Hits(c)));
    }

    private static IEnumerable<(string, Tensor)> PerClass(Scores scores) =>
    [
        ("IoU", tensor(scores.PerClassIoU.ToArray())),
        ("Acc", tensor(scores.PerClassRecall.ToArray())),
        ("Dice", tensor(scores.PerClassDice.ToArray())),
        ("Fscore", tensor(scores.PerClassF1.ToArray())),
        ("Precision", tensor(scores.PerClassPrecision.ToArray())),
        ("Recall", tensor(scores.PerClassRecall.ToArray())),
    ];

    private static IEnumerable<(string, Tensor)> Means(Scores scores) =>
    [
        ("aAcc", tensor(scores.OverallAccuracy)),
        ("mIoU", tensor(scores.MeanIoU)),
        ("mAcc", tensor(scores.AverageAccuracy)),
        ("mDice", tensor(scores.MeanDice)),
        ("mFscore", tensor(scores.MeanF1)),
        ("mPrecision", tensor(scores.MeanPrecision)),
        ("mRecall", tensor(scores.AverageAccuracy)),
    ];
}
