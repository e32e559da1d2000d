using System.CommandLine;
using System.Diagnostics;
using SegLstm.Checkpoints;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Workbook.Reports;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm demo`: from a satellite scene to a page that shows its map.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "Folder for the page, the map and the run.", HelpName = "FOLDER", DefaultValueFactory = _ => "out/demo",
    };
    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Root of all random numbers of the run.",
        HelpName = "N",
        DefaultValueFactory = _ => DemoRecipe.Olinda.Training.Seed,
    };
    private static readonly Option<int?> Threads = CommonOptions.Threads();

    private static readonly Option<int?> Iterations = new("--iterations")
    {
        Description = "Optimizer steps, for a quick look (default: the recipe's).", HelpName = "N",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "demo", "Train a small Seg-LSTM on a real Landsat scene, map the whole scene and write a page about it.",
            "seglstm demo                         writes index.html, map.tif, overlay.png and run/ into out/demo",
            "seglstm demo --out olinda --seed 1")
        {
            Out, Seed, Iterations, Threads,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        SceneRecipe recipe = Recipe(arguments.GetValue(Iterations), arguments.GetValue(Seed));
        string folder = Require.WritableFolder(arguments.GetValue(Out)!, Out.Name);
        CommonOptions.Use(arguments.GetValue(Threads));
        using Scene scene = SceneCatalog.Load("olinda");
        var experiment = new SceneExperiment(scene, recipe).Balanced();
        using var interruption = new Interruption();
        Terminal.Out.WriteLine(
            $"{recipe.Model} learns {scene.Name}: {scene.Width} x {scene.Height} pixels, {scene.Bands} bands, "
            + $"{scene.Legend.Count} classes");

        IReadOnlyList<BaselineResult> baselines = experiment.Baselines();
        double yardstickValidation = experiment.Baseline(new NearestNeighbourBaseline(9), Split.Validation).Matrix.Scores.MeanIoU;
        using Segmenter model = experiment.CreateModel();
        using var run = new RunFolder(Path.Combine(folder, "run"));
        TrainingResult training = ProgressDisplay.Run("training", recipe.Training.Schedule.Iterations,
            report => experiment.Train(model, run, new TrainingConsole(report), interruption.Token));

        (Segmenter best, ModelCard card) = ModelCheckpoint.Load(run.BestCheckpoint);
        using (best)
        {
            var clock = Stopwatch.StartNew();
            using Tensor map = ProgressDisplay.Run(
                "mapping", new SlidingWindows(scene.Width, scene.Height, recipe.WindowSize, recipe.Overlap).Count,
                report => experiment.Map(best, (done, _) => report(done, "windows"), interruption.Token));
            clock.Stop();
            var result = new MethodResult("Seg-LSTM", experiment.Score(map));
            SceneMap.Write(Path.Combine(folder, "map.tif"), scene, map, scene.Legend);
            Overlays.Write(Path.Combine(folder, "overlay.png"), scene.Image, scene.DisplayBands, map, scene.Legend);
            MapReport page = DemoReport.Make(
                experiment, map, result, baselines, yardstickValidation, best, training, clock.Elapsed);
            AtomicFile.WriteText(Path.Combine(folder, "index.html"), MapPage.ToHtml(page));
            Scores scores = result.Matrix.Scores;
            run.Append(new { Kind = "test", MeanIou = scores.MeanIoU, scores.OverallAccuracy, scores.Kappa, Iou = scores.PerClassIoU });
            Terminal.Out.Write(Tables.Scores(
                card.ClassNames, [(result.Name, result.Matrix), .. baselines.Select(b => (b.Name, b.Matrix))]));
            Terminal.Out.WriteLine(Verdict.Of(page.Model, page.Yardstick).Sentence);
        }

        Terminal.Out.WriteLine(
            $"trained {Durations.Readable(training.Elapsed)}, peak memory {training.PeakMemoryBytes / 1048576} MiB");
        Terminal.Out.WriteLine($"wrote {Path.Combine(folder, "index.html")}, map.tif, overlay.png and run/");
        return 0;
    }

    private static SceneRecipe Recipe(int? iterations, long seed)
    {
        SceneRecipe recipe = DemoRecipe.Olinda;
        TrainingOptions training = recipe.Training with { Seed = seed };
        if (iterations is { } count)
        {
            Require.AtLeast(count, 1, Iterations.Name);
            training = training with
            {
                Schedule = training.Schedule with
                {
                    Iterations = count, WarmupIterations = Math.Min(training.Schedule.WarmupIterations, count / 5),
                },
                ValidateEvery = Math.Min(training.ValidateEvery, count),
            };
        }

        return recipe with { Training = training };
    }
}
