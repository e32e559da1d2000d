using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Runs.TensorBoard;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Kernels;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Models.VisionLstm;
using SegLstm.Pretraining;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using Spectre.Console;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm train`: a model on one labelled scene, on a collection of images, or on whole images with a class each.</summary>
internal static class TrainCommand
{
    private static readonly SceneRecipe Defaults = DemoRecipe.Olinda;
    private static readonly SceneOptions Scenes = new();
    private static readonly CollectionArguments Collections = new();
    private static readonly ImageArguments Images = new(Collections);
    private static readonly RecipeOptions Recipes = new();
    private static readonly ProcessOptions Processes = new(
        "that train together: each takes its part of every batch, and the result is that of one but for rounding.");

    private static readonly Option<string> Model = new("--model", "-m")
    {
        Description = "Name of the model (see: seglstm models).", HelpName = "NAME", DefaultValueFactory = _ => Defaults.Model,
    };
    private static readonly Option<string?> Words = new("--words")
    {
        Description = "Compare pixels with words in place of a classifier, for seglstm segment: glove, or the file of CLIP's weights.",
        HelpName = "ENCODER",
    };
    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Folder of the run (default: runs/DATA-MODEL).", HelpName = "FOLDER",
    };
    private static readonly Option<int> Iterations = Number(
        "--iterations", "Optimizer steps.", Defaults.Training.Schedule.Iterations);
    private static readonly Option<int> Batch = Number("--batch", "Crops in a batch.", Defaults.Training.BatchSize);
    private static readonly Option<int> Size = Number(
        "--size", "Side of a crop in pixels, and of the windows when mapping.", Defaults.WindowSize);
    private static readonly Option<int?> Overlap = CommonOptions.Overlap();
    private static readonly Option<double> LearningRate = Number("--lr", "Base learning rate.", Defaults.Training.LearningRate);
    private static readonly Option<int?> Warmup = new("--warmup")
    {
        Description = "Steps of linear warm-up (default: 15 % of the iterations).", HelpName = "N",
    };
    private static readonly Option<Decay> Decay = new("--decay")
    {
        Description = "How the rate falls; Step and Exponential need more values, which --set gives.",
        DefaultValueFactory = _ => Defaults.Training.Schedule.Decay,
    };
    private static readonly Option<double> WeightDecay = Number(
        "--weight-decay", "AdamW's weight decay.", Defaults.Training.WeightDecay);
    private static readonly Option<double?> Clip = new("--clip")
    {
        Description = "Largest gradient norm; 0 for none.",
        HelpName = "NORM",
        DefaultValueFactory = _ => Defaults.Training.ClipNorm,
    };
    private static readonly Option<int> Accumulate = Number(
        "--accumulate", "Batches whose gradients make one step.", Defaults.Training.Accumulate);
    private static readonly Option<double?> Ema = new("--ema")
    {
        Description = "Keep a running average of the weights that decays by this a step, such as 0.999; it is what validates "
            + "and what checkpoints have (default: none).",
        HelpName = "DECAY",
    };
    private static readonly Option<bool> Balance = new("--balance") { Description = "Weigh rare classes more in the loss." };
    private static readonly Option<int?> ValidateEvery = new("--validate-every")
    {
        Description = "Steps between validations (default: a quarter of the iterations).", HelpName = "N",
    };
    private static readonly Option<int?> SaveEvery = new("--save-every")
    {
        Description = "Steps between the states that --resume goes on from (default: a tenth of the iterations).", HelpName = "N",
    };
    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Go on with the run in this folder, or in that of --out, where it was cut off: with the recipe, scene and "
            + "threads that the folder keeps, or the same options as before.",
        HelpName = "FOLDER",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> TensorBoard = new("--tensorboard")
    {
        Description = "Write an event file into the run's folder as it trains, for: tensorboard --logdir FOLDER.",
    };
    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "Run the batch again at which a run stopped because its loss was no number, and say where that comes from; "
            + "takes no other option but --threads.",
        HelpName = "FOLDER",
    };
    private static readonly Option<string?> Pretrained = new("--pretrained")
    {
        Description = "Where encoders are kept that a recipe's pretraining gives, so that other runs find them (default: in the "
            + "run's folder).",
        HelpName = "FOLDER",
    };
    private static readonly Option<int?> Block = new("--block")
    {
        Description = "Side in pixels of the blocks that train, validate or are held out (default: 44, or twice a large crop).",
        HelpName = "N",
    };
    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Root of all random numbers of the run.", HelpName = "N", DefaultValueFactory = _ => Defaults.Training.Seed,
    };
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> SameBits = new("--same-bits")
    {
        Description = "End in the bits of one thread: --threads are for kernels of ours, libtorch's operators take one. "
            + "Go on with it, or with --threads 1.",
    };

    // The options that are values of the recipe, and what to write for each where the recipe comes from elsewhere.
    private static readonly (Option Option, string Path)[] Spelled =
    [
        (Model, "model"), (Words, "words.encoder"), (Iterations, "training.schedule.iterations"), (Batch, "training.batch_size"), (Size, "window_size"),
        (Overlap, "overlap"), (LearningRate, "training.learning_rate"), (Warmup, "training.schedule.warmup_iterations"),
        (Decay, "training.schedule.decay"), (WeightDecay, "training.weight_decay"), (Clip, "training.clip_norm"),
        (ValidateEvery, "training.validate_every"), (SaveEvery, "training.save_every"), (Accumulate, "training.accumulate"),
        (Ema, "training.ema_decay"), (Block, "split.block_size"), (Seed, "training.seed"),
    ];

    public static Command Create()
    {
        var command = new ExampleCommand(
            "train", "Train a model on a labelled scene, blocks of which validate and others are held out for the test, on a "
                + "collection of images, or on whole images with a class each.",
            "seglstm train --data olinda --out runs/first",
            "seglstm train --model seglstm_tiny --data statlog --iterations 500 --lr 1e-3",
            "seglstm train --data synthetic --words glove --out runs/words        for: seglstm segment",
            "seglstm train --resume runs/first                         goes on after a crash, to the same bits",
            "seglstm train --data olinda --processes 2                 two processes share each batch",
            "seglstm train --data olinda --threads 8 --same-bits       the bits of --threads 1, on eight threads",
            "seglstm train --replay runs/first/non-finite             where a loss that was no number comes from",
            "seglstm train --preset seglstm-loveda --collection loveda --root LoveDA    images and splits as published",
            "seglstm train --classify folders --root pictures        pictures in a folder for each class; or tiles: --classify olinda",
            "seglstm train --preset vil-tiny-imagenet-e400 --root ImageNet",
            "seglstm train --preset vil-tiny-vtab1k --root vtab-1k --task eurosat --set classification.weights=vil2_tiny16.th",
            "seglstm train --image scene.tif --labels labels.tif --classes water,forest,field --block 64",
            "seglstm train --preset olinda --set model=seglstm_tiny --set training.learning_rate=1e-3",
            "seglstm train --preset olinda --set label_fraction=0.05       from 5 % of the labelled blocks",
            "seglstm train --preset glcnet-olinda --balance                GLCNet without labels first, then 1 % of them",
            "seglstm train --config runs/first/recipe.yaml --set training.seed=3 --out runs/again");
        Scenes.AddTo(command);
        Collections.AddTo(command);
        Images.AddTo(command);
        Recipes.AddTo(command);
        Option[] options =
        [
            Model, Words, Out, Resume, Iterations, Batch, Accumulate, Size, Overlap, LearningRate, Warmup, Decay, WeightDecay, Clip, Ema,
            Balance, ValidateEvery, SaveEvery, TensorBoard, Pretrained, Block, Seed, Threads, SameBits, Replay,
        ];
        foreach (Option option in options) command.Add(option);
        Processes.AddTo(command);

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        if (arguments.GetValue(Replay) is { } bundle) return NonFiniteReplay.Run(bundle, arguments.GetValue(Threads));
        bool resume = arguments.GetResult(Resume) is { Implicit: false };
        RankPlace? place = RankPlace.OfEnvironment();
        string? folder = Folder(arguments);
        if (resume && folder is not null && !Directory.Exists(folder)) throw NoRun(folder);
        string? kept = resume && folder is not null ? Kept(arguments, folder) : null;
        SceneRecipe recipe = Recipes.Resolve(arguments, Spelled, () => Recipe(arguments), kept);
        ImageSource? images = Images.Source(arguments, recipe.Classification, resume && folder is not null ? ImageSource.Of(folder) : null);
        CollectionSource? collection = images is null ? Collection(arguments, resume ? folder : null) : null;
        if (images?.Task == ImageArguments.AllTasks && (place is not null || Processes.Launches(arguments, place)))
        {
            throw new UsageException("--task all learns task after task in one process: leave --processes out, or name one task");
        }

        if (Processes.Launches(arguments, place))
        {
            return Processes.Launch(arguments, processes => "Go on from the last training state, if there is one, with: "
                + (folder is null ? "the same command and --resume" : $"seglstm train --resume {folder} {processes}"));
        }

        if (place is { Rank: > 0 }) Console.SetOut(TextWriter.Null);
        int? threads = arguments.GetValue(Threads) ?? (kept is null ? null : RunSummary.Read(folder!, folder!).Threads);
        if (images is not null) return Classify(arguments, recipe, images, folder, resume, threads, place);
        string name = LSegModels.Check(recipe.Model, recipe.Words is not null);
        if (collection is not null)
        {
            Console.Out.WriteLine(Announcement(recipe, collection.Collection, folder, resume));
            using Ranks? together = place is null ? null : Processes.Join(arguments, place);
            UseThreads(arguments, threads, place);
            return new CollectionTraining
            {
                Source = collection, Recipe = recipe, Folder = folder, Resumes = resume, Balance = arguments.GetValue(Balance),
                TensorBoard = arguments.GetValue(TensorBoard), Ranks = together,
            }.Run();
        }

        SceneSource source = (resume && folder is not null && !Scenes.AreGiven(arguments) ? SceneSource.Of(folder) : null)
            ?? Scenes.Source(arguments, "olinda");

        // Before libtorch is loaded, a scene read, a model made and rehearsed: who waits knows what for.
        Console.Out.WriteLine(Announcement(recipe, source.Name, folder, resume));
        using Ranks? ranks = place is null ? null : Processes.Join(arguments, place);
        using Scene scene = SceneOptions.Load(source);
        folder ??= Path.Combine("runs", $"{scene.Name}-{name}");
        if (resume && !Directory.Exists(folder)) throw NoRun(folder);
        UseThreads(arguments, threads, place);
        Terminal.Out.WriteLine(
            $"{name} learns {scene.Name}: {scene.Width} x {scene.Height} pixels, {scene.Bands} bands, "
            + $"{scene.Legend.Count} classes");
        var experiment = new SceneExperiment(scene, recipe);
        if (experiment.DrawnLabels is { } drawn) Terminal.Out.WriteLine($"learns from {drawn}");
        if (arguments.GetValue(Balance)) experiment = experiment.Balanced();
        using Segmenter model = experiment.CreateModel();
        using var interruption = new Interruption();
        if (ranks is { IsFirst: false }) return Follow(experiment, model, ranks, interruption.Token);
        Require.WritableFolder(folder, Out.Name);
        using RunFolder run = resume ? RunFolder.Resume(folder) : new RunFolder(folder);
        if (!run.HasState) source.Save(run.Path);
        using LiveEvents? events = arguments.GetValue(TensorBoard) ? new LiveEvents(run.Path) : null;
        if (Recipes.AreGiven(arguments)) Console.Out.Write(RecordYaml.Write(experiment.Recipe));
        if (recipe.Pretraining is not null)
        {
            string store = arguments.GetValue(Pretrained) ?? run.Path;
            Action pretrain = () =>
            {
                if (run.HasState) return;
                Require.WritableFolder(store, Pretrained.Name);
                Pretrain(experiment, model, store, interruption.Token);
            };
            if (ranks is null) pretrain();
            else ranks.AfterFirst(pretrain);
        }

        TrainingResult result = ProgressDisplay.Run("training", recipe.Training.Schedule.Iterations, report =>
        {
            ITrainingObserver console = new TrainingConsole(report);
            return experiment.Train(
                model, run, events is null ? console : new ObserverGroup(console, events), interruption.Token, ranks);
        });

        (Segmenter best, ModelCard _) = ModelCheckpoint.Load(run.BestCheckpoint);
        using (best)
        {
            ConfusionMatrix matrix = Test(experiment, best, interruption.Token);
            Scores scores = matrix.Scores;
            run.Append(new { Kind = "test", MeanIou = scores.MeanIoU, scores.OverallAccuracy, scores.Kappa, Iou = scores.PerClassIoU });
            Terminal.Out.Write(Tables.Scores(scene.Legend.Names, [($"{name}, held-out blocks", matrix)]));
        }

        Terminal.Out.WriteLine(
            $"trained {Durations.Readable(result.Elapsed)}, peak memory {result.PeakMemoryBytes / 1048576} MiB; wrote "
            + $"{run.BestCheckpoint}");
        return 0;
    }

    private static void UseThreads(ParseResult arguments, int? threads, RankPlace? place)
    {
        CommonOptions.Use(ProcessOptions.Threads(threads, place));
        if (!arguments.GetValue(SameBits)) return;
        KernelThreads.UseForKernelsAlone(
            arguments.GetValue(Threads) ?? Math.Max(1, Environment.ProcessorCount / (place?.LocalCount ?? 1)));
    }

    private static int Classify(
        ParseResult arguments, SceneRecipe recipe, ImageSource images, string? folder, bool resume, int? threads, RankPlace? place)
    {
        if (Scenes.AreGiven(arguments) || Collections.IsGiven(arguments))
        {
            throw new UsageException("--data, --image and --collection are for segmentation: name whole images with --classify");
        }

        if (arguments.GetValue(Balance)) throw new UsageException("--balance is for segmentation: leave it out for whole images");
        VilClassifiers.Check(recipe.Model);
        Console.Out.WriteLine(Announcement(recipe, images.Data, folder, resume));
        using Ranks? ranks = place is null ? null : Processes.Join(arguments, place);
        UseThreads(arguments, threads, place);
        return new ImageTraining
        {
            Source = images, Recipe = recipe, Folder = folder, Resumes = resume, TensorBoard = arguments.GetValue(TensorBoard), Ranks = ranks,
        }.Run();
    }

    // A rank that is not the first learns as it does, and leaves files, pretraining and the test to it.
    private static int Follow(SceneExperiment experiment, Segmenter model, Ranks ranks, CancellationToken stop)
    {
        if (experiment.Recipe.Pretraining is not null) ranks.AfterFirst(() => { });
        experiment.Train(model, stop: stop, ranks: ranks);
        return 0;
    }

    private static void Pretrain(SceneExperiment experiment, Segmenter model, string store, CancellationToken stop)
    {
        PretrainingOptions options = experiment.Recipe.Pretraining!.Training;
        string encoder = ProgressDisplay.Run("pretraining", options.Epochs, report =>
            experiment.Pretrain(model, new PretrainedStore(store), new PretrainingConsole(report), stop));
        Terminal.Out.WriteLine($"begins with the encoder of {encoder}");
    }

    // The collection that is named, or that a run which goes on was begun with; null for scenes.
    private static CollectionSource? Collection(ParseResult arguments, string? resumed)
    {
        CollectionSource? given = Collections.Source(arguments) ?? (resumed is null ? null : CollectionSource.Of(resumed));
        return given is null || !Scenes.AreGiven(arguments) ? given : throw new UsageException(
            "--collection excludes --data, --image, --labels and --classes: give one kind of data");
    }

    // Null: it is named by the scene.
    private static string? Folder(ParseResult arguments)
    {
        string? resumed = arguments.GetValue(Resume), given = arguments.GetValue(Out);
        if (resumed is not null && given is not null)
        {
            throw new UsageException($"{Resume.Name} {resumed} and {Out.Name} {given} exclude each other: give the folder once");
        }

        return resumed ?? given;
    }

    // The recipe that a run was begun with; null where the options say it.
    private static string? Kept(ParseResult arguments, string folder)
    {
        string path = Path.Combine(folder, SceneRecipe.FileName);
        if (File.Exists(path)) return path;
        return arguments.GetValue(Resume) is null || Recipes.AreGiven(arguments) || RecipeOptions.IsSpelled(arguments, Spelled)
            ? null
            : throw new UsageException($"{Resume.Name} {folder}: the folder keeps no {SceneRecipe.FileName}, so the run never "
                + "began, or was not made by this command: give its options, or begin one without it");
    }

    private static UsageException NoRun(string folder) =>
        new($"{Resume.Name}: there is no run in {folder}; name its folder, or begin one without it");

    private static string Announcement(SceneRecipe recipe, string data, string? folder, bool resume)
    {
        TrainingOptions training = recipe.Training;
        return string.Create(CultureInfo.InvariantCulture,
            $"{(resume ? "going on with" : "training")} {recipe.Model} on {data}: {training.Schedule.Iterations} steps of "
            + $"{training.BatchSize * training.Accumulate} {(recipe.Classification is null ? "crops" : "images")} of "
            + $"{recipe.WindowSize} x {recipe.WindowSize}, "
            + $"{training.Optimizer.ToString().ToLowerInvariant()} at {training.LearningRate}, seed {training.Seed}"
            + $"{(folder is null ? "" : $", into {folder}")}");
    }

    private static ConfusionMatrix Test(SceneExperiment experiment, Segmenter model, CancellationToken stop)
    {
        SceneRecipe recipe = experiment.Recipe;
        long count = new SlidingWindows(experiment.Scene.Width, experiment.Scene.Height, recipe.WindowSize, recipe.Overlap).Count;
        using Tensor map = ProgressDisplay.Run(
            "mapping", count, report => experiment.Map(model, (done, _) => report(done, "windows"), stop));
        return experiment.Score(map);
    }

    private static SceneRecipe Recipe(ParseResult arguments)
    {
        int iterations = arguments.GetValue(Iterations), size = Require.AtLeast(arguments.GetValue(Size), 1, Size.Name);
        double? clip = arguments.GetValue(Clip);
        ClassificationRecipe? images = Images.Recipe(arguments);
        return Defaults with
        {
            Model = images is not null && arguments.GetResult(Model) is not { Implicit: false } ? "vil2_nano" : arguments.GetValue(Model)!,
            Classification = images,
            Words = arguments.GetValue(Words) is { } encoder ? new WordsRecipe { Encoder = encoder } : null,
            WindowSize = size,
            Overlap = CommonOptions.OverlapOf(arguments.GetValue(Overlap), size),
            Split = Defaults.Split with { BlockSize = arguments.GetValue(Block) ?? Math.Max(Defaults.Split.BlockSize, 2 * size) },
            Training = Defaults.Training with
            {
                Schedule = Defaults.Training.Schedule with
                {
                    Iterations = iterations,
                    WarmupIterations = arguments.GetValue(Warmup) ?? (int)(0.15 * iterations),
                    Decay = arguments.GetValue(Decay),
                },
                BatchSize = arguments.GetValue(Batch),
                Accumulate = arguments.GetValue(Accumulate),
                LearningRate = arguments.GetValue(LearningRate),
                WeightDecay = arguments.GetValue(WeightDecay),
                ClipNorm = clip == 0 ? null : clip,
                EmaDecay = arguments.GetValue(Ema),
                SaveEvery = arguments.GetValue(SaveEvery) ?? Math.Max(1, iterations / 10),
                ValidateEvery = arguments.GetValue(ValidateEvery) ?? Math.Max(1, iterations / 4),
                Seed = arguments.GetValue(Seed),
            },
        };
    }

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
