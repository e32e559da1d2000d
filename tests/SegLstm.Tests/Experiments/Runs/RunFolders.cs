using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Models;
using SegLstm.Tests.Training;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Runs;

/// <summary>Folders of real runs, of a few steps each.</summary>
internal static class RunFolders
{
    public static readonly SceneRecipe Recipe = new()
    {
        Model = "seglstm_nano", WindowSize = 16, Overlap = 8, Split = new BlockSplit(12, 0.2, 0.3, 4),
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 3, WarmupIterations = 1 }, BatchSize = 2, LearningRate = 2e-3,
            ValidateEvery = 2, LogEvery = 1,
        },
    };

    /// <summary>Trains into a folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="keepRecipe">Whether the folder holds it, as runs of older versions and of the trainer alone do not.</param>
    /// <param name="observer">Is told of every step; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    public static void Train(string folder, SceneRecipe recipe, bool keepRecipe = true, ITrainingObserver? observer = null,
        CancellationToken stop = default)
    {
        using Scene scene = Scenes.Stripes(48, 48);
        var experiment = new SceneExperiment(scene, recipe);
        using Segmenter model = experiment.CreateModel();
        using var run = new RunFolder(folder);
        experiment.Train(model, run, observer, stop);
        if (!keepRecipe) File.Delete(Path.Combine(folder, SceneRecipe.FileName));
    }
}
