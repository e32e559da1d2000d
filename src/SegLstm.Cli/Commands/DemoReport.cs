using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Reports;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>Gathers what the demonstration's page shows.</summary>
internal static class DemoReport
{
    /// <summary>The page's contents.</summary>
    public static MapReport Make(
        SceneExperiment experiment, Tensor map, MethodResult result, IReadOnlyList<BaselineResult> baselines,
        double yardstickValidation, Segmenter model, TrainingResult training, TimeSpan mapping)
    {
        (Scene scene, SceneRecipe recipe) = (experiment.Scene, experiment.Recipe);
        Complexity complexity = Complexity.Of(model, recipe.WindowSize, recipe.WindowSize);
        MethodResult[] methods = [.. baselines.Select(b => new MethodResult(b.Name, b.Matrix))];
        MethodResult yardstick = methods.Single(m => m.Name == DemoRecipe.Yardstick);
        using Tensor heldOut = experiment.Labels(Split.Test);
        return new MapReport
        {
            SceneName = scene.Name,
            Provenance = scene.Provenance,
            Scene = PercentStretch.ToRgb(scene.Image, scene.DisplayBands, known: scene.Known),
            Legend = scene.Legend,
            Truth = LabelMap.FromTensor(scene.Label!),
            Prediction = LabelMap.FromTensor(map),
            HeldOut = [.. heldOut.flatten().data<long>().ToArray().Select(label => label != scene.Legend.IgnoreIndex)],
            SplitDescription = string.Create(CultureInfo.InvariantCulture,
                $"blocks of {recipe.Split.BlockSize} x {recipe.Split.BlockSize} pixels, dealt at random: "
                    + $"{1 - recipe.Split.Validation - recipe.Split.Test:P0} train, {recipe.Split.Validation:P0} validation, "
                    + $"{recipe.Split.Test:P0} held out"),
            Model = result,
            Yardstick = yardstick,
            OtherBaselines = [.. methods.Where(m => m != yardstick)],
            Loss = [.. training.Losses.Select((loss, i) => ((long)i + 1, loss))],
            ValidationMeanIoU = [.. training.Validations.Select(v => ((long)v.Iteration + 1, v.Scores.MeanIoU))],
            YardstickValidationMeanIoU = yardstickValidation,
            Parameters = complexity.Parameters,
            Flops = complexity.MultiplyAdds,
            FlopsImage = $"{recipe.WindowSize} x {recipe.WindowSize} pixels, {scene.Bands} bands; one FLOP is one multiply-add",
            TrainingTime = training.Elapsed,
            PredictionTime = mapping,
            PeakMemoryBytes = training.PeakMemoryBytes,
            Seed = recipe.Training.Seed,
            Threads = get_num_threads(),
            Recipe = Steps(recipe),
            Versions =
            [
                ("SegLstm", typeof(Trainer)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion),
                ("libtorch", __version__),
                (".NET", RuntimeInformation.FrameworkDescription),
                ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
                    + $"{Environment.ProcessorCount} processors"),
            ],
            Command = "seglstm demo",
        };
    }

    private static (string Name, string Value)[] Steps(SceneRecipe recipe)
    {
        TrainingOptions t = recipe.Training;
        return
        [
            ("model", recipe.Model),
            ("crop and window", $"{recipe.WindowSize} x {recipe.WindowSize} pixels, mapped with an overlap of {recipe.Overlap}"),
            ("optimizer", string.Create(
                CultureInfo.InvariantCulture,
                $"AdamW, rate {t.LearningRate}, weight decay {t.WeightDecay} (none on names with "
                + $"{string.Join(", ", t.NoDecay)})")),
            ("schedule", $"{t.Schedule.Iterations} iterations of {t.BatchSize} crops, {t.Schedule.WarmupIterations} of "
                + $"warm-up, then {t.Schedule.Decay.ToString().ToLowerInvariant()}"),
            ("gradient clipping", t.ClipNorm is { } norm ? norm.ToString(CultureInfo.InvariantCulture) : "none"),
            ("loss", string.Create(
                CultureInfo.InvariantCulture,
                $"cross entropy, auxiliary head x {t.AuxiliaryWeight}, averaged over "
                + $"{(t.AverageLabelledOnly ? "labelled" : "all")} pixels")),
            ("class weights", t.ClassWeights is { } weights
                ? string.Join(", ", weights.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture)))
                    + " (inverse root of the share)" : "none"),
            ("augmentation", "random crops, turned and mirrored"),
        ];
    }
}
