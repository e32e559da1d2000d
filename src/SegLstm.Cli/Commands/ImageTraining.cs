using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Classification;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Runs.TensorBoard;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm train --classify`: a classifier of whole images.</summary>
internal sealed record ImageTraining
{
    /// <summary>Where the images are; the task "all" of VTAB-1K is all of them.</summary>
    public required ImageSource Source { get; init; }

    /// <summary>How to train.</summary>
    public required SceneRecipe Recipe { get; init; }

    /// <summary>The run's folder; null to name it by data and model.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether to go on with the run in that folder.</summary>
    public bool Resumes { get; init; }

    /// <summary>Whether event files are written.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The processes that train together; null for this one alone. Rank 0 has the folder.</summary>
    public Ranks? Ranks { get; init; }

    private string Target => Folder ?? Path.Combine("runs", $"{Source.Data}{(Source.Task is { } task ? $"-{task}" : "")}-{Recipe.Model}");

    /// <summary>Trains, then counts on the test, or on what validates where there is none.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (Source.Task == ImageArguments.AllTasks) return RunTasks();
        if (Ranks is { IsFirst: false }) Follow(Ranks);
        else RunOne();
        return 0;
    }

    // Begun again, it keeps tasks that are finished, goes on with the one that was cut off, and begins the others.
    private int RunTasks()
    {
        if (Resumes) throw new UsageException("--task all goes on by itself: give the same command again, without --resume");
        var accuracies = new Dictionary<string, double>();
        Table table = Tables.New("task", "group", "top-1 %");
        foreach (VtabTask task in Vtab.Tasks)
        {
            string folder = Path.Combine(Target, task.Name);
            accuracies[task.Name] = Finished(folder) ?? (this with
            {
                Source = Source with { Task = task.Name }, Folder = folder,
                Resumes = File.Exists(Path.Combine(folder, SceneRecipe.FileName)),
            }).RunOne();
            table.AddRow(task.Name, task.Group.ToString().ToLowerInvariant(), Readable.Percent(accuracies[task.Name]));
        }

        foreach ((string name, double? mean) in Vtab.Averages(accuracies))
            table.AddRow(name == "average" ? "average of all tasks" : $"average, {name}", "", Readable.Percent(mean!.Value));
        Terminal.Out.Write(table);
        return 0;
    }

    private double? Finished(string folder)
    {
        string kept = Path.Combine(folder, SceneRecipe.FileName);
        if (!File.Exists(kept) || RunSummary.Read(folder, folder) is not
            { State: Experiments.Runs.RunState.Finished, TestAccuracy: { } accuracy })
        {
            return null;
        }

        return RecordYaml.Write(RecordYaml.Load<SceneRecipe>(kept)) == RecordYaml.Write(Recipe) ? accuracy : throw new UsageException(
            $"{folder} was learnt by another recipe than this: choose another folder with --out");
    }

    private double RunOne()
    {
        using ClassificationData data = Source.Open(Recipe);
        Require.WritableFolder(Target, "--out");
        var experiment = new ImageExperiment(data, Recipe);
        long[] counts = [.. Enum.GetValues<Data.Split>().Select(split => data.Counts(split).Sum())];
        string reported = data.Reported.ToString().ToLowerInvariant();
        Terminal.Out.WriteLine(
            $"{Recipe.Model} learns {data.Name}: {counts[0]} images train, {counts[1]} validate, {counts[2]} test; "
            + $"{data.Bands.Count} bands, {data.ClassNames.Count} classes; reported on the {reported} images");
        using VisionLSTM2 model = experiment.CreateModel();
        using RunFolder run = Resumes ? RunFolder.Resume(Target) : new RunFolder(Target);
        if (!run.HasState) Source.Save(run.Path);
        using LiveEvents? events = TensorBoard ? new LiveEvents(run.Path) : null;
        using var interruption = new Interruption();
        TrainingResult result = ProgressDisplay.Run("training", Recipe.Training.Schedule.Iterations, report =>
        {
            ITrainingObserver console = new TrainingConsole(report, ModelTask.Classification);
            return experiment.Train(model, run, events is null ? console : new ObserverGroup(console, events), interruption.Token, Ranks);
        });

        (TokenEncoder best, ModelCard card) = ModelCheckpoint.LoadClassifier(run.BestCheckpoint);
        ImageScore score;
        using (best)
        {
            score = ProgressDisplay.Run("scoring", data.Counts(data.Reported).Sum(), report =>
                experiment.Score(best, data.Reported, (done, _) => report(done, "images"), interruption.Token));
            run.Append(new
            {
                Kind = "test", On = reported, MeanIou = score.Matrix.Scores.MeanIoU, score.Matrix.Scores.OverallAccuracy,
                score.Matrix.Scores.Kappa, score.Top5, score.ImagesPerSecond,
            });
            Terminal.Out.Write(ImageTable.Of(
                $"{card.Model}, {reported} images", score, experiment.Majority(data.Reported),
                Complexity.Of(best, card.ImageSize, card.ImageSize)));
        }

        TrainingConsole.Ended(result, run.BestCheckpoint);
        return score.Top1;
    }

    // A rank that is not the first learns as it does, and leaves files and scores to it.
    private void Follow(Ranks ranks)
    {
        using ClassificationData data = Source.Open(Recipe);
        var experiment = new ImageExperiment(data, Recipe);
        using VisionLSTM2 model = experiment.CreateModel();
        using var interruption = new Interruption();
        experiment.Train(model, stop: interruption.Token, ranks: ranks);
    }
}
