using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Hyperspectral;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Records;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm spectral train`: one network on one draw of a scene, kept in a file for `seglstm spectral map`.</summary>
internal static class SpectralTrainCommand
{
    private static readonly Option<string> Model = new("--model", "-m")
    {
        Description = "Name of the network (see: seglstm spectral models).", HelpName = "NAME",
        DefaultValueFactory = _ => SpectralScene.Defaults.Model,
    };
    private static readonly Option<string> Split = new("--split")
    {
        Description =
            $"Which pixels are learnt: {PixelDraws.Random}, {PixelDraws.Disjoint}, or {PixelDraws.Published} where a scene comes with one.",
        HelpName = "KIND",
        DefaultValueFactory = _ => SpectralScene.Defaults.Split,
    };
    private static readonly Option<double> Share = new("--share")
    {
        Description = "Share of the labels to learn from.", HelpName = "SHARE", DefaultValueFactory = _ => SpectralScene.Defaults.Share,
    };
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Which draw, and the root of all random numbers.", HelpName = "N", DefaultValueFactory = _ => 0,
    };
    private static readonly RecipeOptions Recipes = new();
    private static readonly (Option Option, string Path)[] Spelled =
    [
        (Model, "model"), (Split, "split"), (Share, "share"), (Seed, "training.seed"), (SpectralScene.Epochs, "training.epochs"),
        (SpectralScene.Block, "block_size"),
    ];
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The model's file.", HelpName = "FILE.safetensors", DefaultValueFactory = _ => "model.safetensors",
    };

    public static Command Create()
    {
        var command = new ExampleCommand("train", "Train a network on one draw of a scene, judge it on the others of its pixels, and keep it.",
            "seglstm spectral train synthetic --model spectralmamba_pixel --out model.safetensors",
            "seglstm spectral train scene.mat --labels labels.mat --share 0.05 --split disjoint",
            "seglstm spectral train synthetic --preset spectralmamba-synthetic --set training.learning_rate=5e-4")
        {
            Model, Split, Share, Seed, Out,
        };
        Recipes.AddTo(command);
        SpectralScene.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        PixelRecipe recipe = Recipes.Resolve(arguments, Spelled, () => Told(arguments));
        string name = recipe.Model, path = Require.Writable(arguments.GetValue(Out)!, Out.Name);
        PixelClassifierEntry entry = PixelClassifiers.Find(name);
        if (!path.EndsWith(".safetensors", StringComparison.Ordinal))
            throw new UsageException($"{Out.Name}: expected a name that ends in .safetensors, got '{path}'");

        HyperspectralScene raw = SpectralScene.Read(arguments), scene = SceneAudit.Of(raw).Clean();
        PixelDraw draw = recipe.Draw(scene, entry.Window);
        var problem = new PixelProblem(SpectralCube.Of(scene), scene.Labels, scene.Classes, draw);
        Terminal.Out.WriteLine(
            $"{name} learns {draw.Train.Length} of {draw.Train.Length + draw.Test.Length} pixels of {scene.Name}: "
            + $"{scene.Bands} bands, {scene.Classes} classes");
        using var scope = NewDisposeScope();
        using var interruption = new Interruption();
        var clock = Stopwatch.StartNew();
        PixelClassifier model = ProgressDisplay.Run("epochs", recipe.Training.Epochs, tell => new NetworkMethod(entry, recipe.Training).Train(
            problem, (epoch, loss) => tell(epoch, loss.ToString("0.0000", CultureInfo.InvariantCulture)), interruption.Token));
        int[] found = new PixelPredictor(model, problem.Scale).Predict(problem.Cube, draw.Test, stop: interruption.Token);
        PixelScore score = PixelComparison.Score(name, problem, found, clock.Elapsed.TotalSeconds);
        PixelCheckpoint.Save(path, model, new PixelModelCard
        {
            Model = name,
            FileBands = raw.Bands,
            Bands = [.. scene.SourceBands.Select(band => Array.IndexOf(raw.SourceBands, band))],
            Wavelengths = scene.Wavelengths,
            Mean = problem.Scale.Mean,
            Factor = problem.Scale.Factor,
            ClassNames = scene.ClassNames,
            Palette = [.. scene.Legend.Palette.Select(color => color.ToString())],
            Scene = scene.Name,
            Draw = draw.ToString(),
            Recipe = RecordYaml.Write(recipe),
            OverallAccuracy = score.OverallAccuracy,
        });
        Terminal.Out.WriteLine(
            $"{draw.Test.Length} test pixels: OA {Readable.Percent(score.OverallAccuracy)} %, AA {Readable.Percent(score.AverageAccuracy)} %, "
            + $"kappa {score.Kappa.ToString("0.0000", CultureInfo.InvariantCulture)}; {score.Seconds.ToString("0", CultureInfo.InvariantCulture)} s");
        Terminal.Out.WriteLine($"wrote {path}. Map a scene with it: seglstm spectral map FILE -c {path}");
        return 0;
    }

    private static PixelRecipe Told(ParseResult arguments)
    {
        string name = arguments.GetValue(Model)!;
        IEnumerable<string> names = PixelClassifiers.All.Select(known => known.Name);
        if (!names.Contains(name))
            throw new UsageException($"there is no network '{name}'{Suggestions.Phrase(name, names)}. All: {string.Join(", ", names)}");
        return new PixelRecipe
        {
            Model = name,
            Split = arguments.GetValue(Split)!,
            Share = arguments.GetValue(Share),
            BlockSize = SpectralScene.BlockSize(arguments),
            Training = SpectralScene.Training(arguments) with { Seed = arguments.GetValue(Seed) },
        };
    }
}
