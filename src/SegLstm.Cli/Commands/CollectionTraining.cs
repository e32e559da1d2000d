using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Benchmarks;
using SegLstm.Experiments;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Runs.TensorBoard;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm train --collection`: a model on many images with published splits.</summary>
internal sealed record CollectionTraining
{
    /// <summary>Where the images are.</summary>
    public required CollectionSource Source { get; init; }

    /// <summary>How to train.</summary>
    public required SceneRecipe Recipe { get; init; }

    /// <summary>The run's folder; null to name it by collection and model.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether to go on with the run in that folder.</summary>
    public bool Resumes { get; init; }

    /// <summary>Whether rare classes weigh more.</summary>
    public bool Balance { get; init; }

    /// <summary>Whether event files are written.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The processes that train together; null for this one alone. Rank 0 has the folder.</summary>
    public Ranks? Ranks { get; init; }

    /// <summary>Trains, then counts on the published test, or on what validates where that has no labels.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        RasterCollection collection = Source.Open();
        var experiment = new CollectionExperiment(collection, Recipe);
        if (Ranks is { IsFirst: false }) return Follow(Balance ? experiment.Balanced() : experiment, Ranks);
        string folder = Folder ?? Path.Combine("runs", $"{Source.Collection}-{Recipe.Model}");
        Require.WritableFolder(folder, "--out");
        bool testsApart = !ReferenceEquals(experiment.TestItems, experiment.ValidationItems)
            && experiment.TestItems.Except(experiment.ValidationItems).Any();
        string tested = testsApart ? $"{experiment.TestItems.Count} test images" : "the validation images, as there are no other labels";
        Terminal.Out.WriteLine(
            $"{Recipe.Model} learns {collection.Name}: {experiment.TrainingItems.Count} images train, "
            + $"{experiment.ValidationItems.Count} validate; {collection.BandNames.Count} bands, {collection.Legend.Count} classes; "
            + $"scored on {tested}");
        if (Balance) experiment = experiment.Balanced();
        using Segmenter model = experiment.CreateModel();
        using RunFolder run = Resumes ? RunFolder.Resume(folder) : new RunFolder(folder);
        if (!run.HasState) Source.Save(run.Path);
        using LiveEvents? events = TensorBoard ? new LiveEvents(run.Path) : null;
        using var interruption = new Interruption();
        TrainingResult result = ProgressDisplay.Run("training", Recipe.Training.Schedule.Iterations, report =>
        {
            ITrainingObserver console = new TrainingConsole(report);
            return experiment.Train(
                model, run, events is null ? console : new ObserverGroup(console, events), interruption.Token, Ranks);
        });

        (Segmenter best, ModelCard _) = ModelCheckpoint.Load(run.BestCheckpoint);
        using (best)
        {
            ConfusionMatrix matrix = ProgressDisplay.Run("scoring", experiment.TestItems.Count, report =>
                experiment.Score(best, experiment.TestItems, (done, _) => report(done, "images"), interruption.Token));
            Scores scores = matrix.Scores;
            run.Append(new
            {
                Kind = "test", On = testsApart ? "test" : "validation", MeanIou = scores.MeanIoU, scores.OverallAccuracy, scores.Kappa,
                Iou = scores.PerClassIoU,
            });
            Terminal.Out.Write(Tables.Scores(collection.Legend.Names, [($"{Recipe.Model}, {tested}", matrix)]));
        }

        TrainingConsole.Ended(result, run.BestCheckpoint);
        return 0;
    }

    // A rank that is not the first learns as it does, and leaves files and scores to it.
    private static int Follow(CollectionExperiment experiment, Ranks ranks)
    {
        using Segmenter model = experiment.CreateModel();
        using var interruption = new Interruption();
        experiment.Train(model, stop: interruption.Token, ranks: ranks);
        return 0;
    }
}
