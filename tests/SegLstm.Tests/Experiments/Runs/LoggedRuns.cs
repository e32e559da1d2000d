using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Tests.Training;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Runs;

/// <summary>Folders as runs leave them, but for the weights, with results that a test chooses.</summary>
internal static class LoggedRuns
{
    /// <summary>Writes one.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="testMeanIoU">The result; null for a run that was cut off before.</param>
    public static void Write(string folder, SceneRecipe recipe, double? testMeanIoU)
    {
        using Scene scene = Scenes.Stripes(48, 48);
        using var run = new RunFolder(folder);
        run.Describe(new { Model = new SceneExperiment(scene, recipe).Card, recipe.Training });
        RecordYaml.Save(Path.Combine(folder, SceneRecipe.FileName), recipe);
        run.Append(new { Kind = "step", Iteration = recipe.Training.Schedule.Iterations - 1, Loss = 0.5, Seconds = 2.5 });
        if (testMeanIoU is { } score) run.Append(new { Kind = "test", MeanIou = score, OverallAccuracy = (1 + score) / 2 });
    }
}
