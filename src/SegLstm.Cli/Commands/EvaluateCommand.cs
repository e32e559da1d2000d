using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm evaluate`: scores of a trained model on a labelled scene.</summary>
internal static class EvaluateCommand
{
    private const string Everything = "all";
    private static readonly string[] Parts = ["train", "validation", "test", Everything];

    private static readonly Option<string> Checkpoint = CommonOptions.Checkpoint();
    private static readonly SceneOptions Scenes = new();
    private static readonly CollectionArguments Collections = new();
    private static readonly ImageArguments Images = new(Collections);
    private static readonly Option<int?> Overlap = CommonOptions.Overlap();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Baselines = new("--baselines")
    {
        Description = "Also learn and measure nearest-neighbour baselines on the same split.",
    };

    private static readonly Option<string?> Part = new("--split")
    {
        Description = "Which pixels count: train, validation, test or all (default: test on its own data, all elsewhere).",
        HelpName = "SPLIT",
    };

    public static Command Create()
    {
        var command = new ExampleCommand("evaluate", "Measure a trained model on a labelled scene, on a collection of images, or on whole "
                + "images: then accuracy, images a second and cost.",
            "seglstm evaluate -c runs/first/best.safetensors --baselines      on the held-out blocks of its own dataset",
            "seglstm evaluate -c runs/potsdam/best.safetensors --split validation       of the collection that its run learnt",
            "seglstm evaluate -c best.safetensors --collection loveda --root LoveDA --domain Rural",
            "seglstm evaluate -c runs/pictures/best.safetensors                  whole images: of those that its run learnt",
            "seglstm evaluate -c best.safetensors --classify imagenet --root ImageNet",
            "seglstm evaluate -c best.safetensors --image other.tif --labels other_labels.tif")
        {
            Checkpoint, Part, Baselines, Overlap, Threads,
        };
        Scenes.AddTo(command);
        Collections.AddTo(command);
        Images.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string checkpoint = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        CommonOptions.Use(arguments.GetValue(Threads));
        string? part = arguments.GetValue(Part);
        if (part is not null && !Parts.Contains(part, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"--split {part}: expected {string.Join(", ", Parts)}{Suggestions.Phrase(part, Parts)}");
        }

        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        if (card.Task == ModelTask.Classification) return Classified(arguments, checkpoint, part);
        // Of a model that tells pixels apart, it refuses the options of whole images.
        Images.Source(arguments, recipe: null, kept: null);
        if ((Collections.Source(arguments) ?? Own(arguments, checkpoint)) is { } collection)
        {
            if (arguments.GetValue(Baselines)) throw new UsageException("--baselines are for scenes: leave it out for a collection");
            return CollectionMeasuring.Run(checkpoint, collection, part, arguments.GetValue(Overlap));
        }

        int overlap = CommonOptions.OverlapOf(arguments.GetValue(Overlap), card.ImageSize);
        using Scene scene = Scenes.Load(arguments, card.Dataset, card.Legend);
        if (scene.Legend.Count != card.Classes)
        {
            throw new UsageException(
                $"{scene.Name} has {scene.Legend.Count} classes ({string.Join(", ", scene.Legend.Names)}), the model tells "
                + $"{card.Classes} apart ({string.Join(", ", card.ClassNames)})");
        }

        Split? split = SplitOf(part, scene, card);
        var experiment = new SceneExperiment(scene, new SceneRecipe
        {
            Model = card.Model, WindowSize = card.ImageSize, Overlap = overlap,
            Split = card.Split ?? new SceneRecipe { Model = card.Model }.Split,
        });
        var rows = new List<(string, ConfusionMatrix)>();
        (Segmenter model, _) = ModelCheckpoint.Load(checkpoint);
        using (model)
        using (var interruption = new Interruption())
        {
            long windows = new SlidingWindows(scene.Width, scene.Height, card.ImageSize, overlap).Count;
            using Tensor map = ProgressDisplay.Run("windows", windows,
                report => SceneMap.Predict(scene, model, card, overlap, (done, _) => report(done, ""), interruption.Token));
            rows.Add((card.Model, experiment.Score(map, split)));
        }

        if (arguments.GetValue(Baselines))
        {
            if (split is null or Split.Train)
            {
                throw new UsageException(
                    "--baselines learn from the training blocks: count other pixels, with --split test or validation");
            }
            rows.AddRange(experiment.Baselines(split.Value).Select(baseline => (baseline.Name, baseline.Matrix)));
        }

        Terminal.Out.WriteLine(
            $"{scene.Name}, {(split is null ? "all labelled pixels" : $"{split.ToString()!.ToLowerInvariant()} blocks")}: "
            + $"{rows[0].Item2.Total} pixels");
        Terminal.Out.Write(Tables.Scores(scene.Legend.Names, rows));
        Terminal.Out.Write(Tables.Confusion(scene.Legend.Names, rows[0].Item2));
        return 0;
    }

    private static int Classified(ParseResult arguments, string checkpoint, string? part)
    {
        if (Scenes.AreGiven(arguments) || Collections.IsGiven(arguments) || arguments.GetValue(Baselines))
        {
            throw new UsageException(
                $"{checkpoint} classifies whole images: name them with --classify, in place of --data, --image, --collection and "
                + "--baselines");
        }

        ImageSource? kept = ImageSource.Of(Path.GetDirectoryName(Path.GetFullPath(checkpoint))!);
        var recipe = new ClassificationRecipe { Data = kept?.Data ?? "" };
        if (kept is null && !Images.AreGiven(arguments))
        {
            throw new UsageException(
                $"{checkpoint} classifies whole images, and no run's folder beside it says which: name them with --classify");
        }

        return ImageMeasuring.Run(checkpoint, Images.Source(arguments, recipe, kept)!, part);
    }

    // The collection that the model learnt, where its run's folder tells and no scene is named.
    private static CollectionSource? Own(ParseResult arguments, string checkpoint) =>
        Scenes.AreGiven(arguments) ? null : CollectionSource.Of(Path.GetDirectoryName(Path.GetFullPath(checkpoint))!);

    private static Split? SplitOf(string? given, Scene scene, ModelCard card)
    {
        bool own = card.Split is not null && scene.Name == card.Dataset;
        string name = given ?? (own ? nameof(Split.Test) : Everything);
        if (name.Equals(Everything, StringComparison.OrdinalIgnoreCase)) return null;
        return own
            ? Enum.Parse<Split>(name, ignoreCase: true)
            : throw new UsageException(
                $"--split {name}: {scene.Name} is not what the model was trained on ({card.Dataset}), so it has no splits; use "
                + $"--split all");
    }
}
