using System.Diagnostics;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Classification;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Models.VisionLstm;
using SegLstm.Tests.Experiments;
using SegLstm.Tests.Experiments.Classification;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Distributed;

/// <summary>Trainings that one process can do alone or several together: this test program is started again for each of them.</summary>
internal static class SharedRun
{
    private const string CaseVariable = "SEGLSTM_TEST_CASE", FolderVariable = "SEGLSTM_TEST_FOLDER";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Trains in this process.</summary>
    /// <param name="name">"norms": batch norms, dropout, drop path, accumulation over batches of unequal weight and size, clipping
    /// and averaged weights. "plain": no norm over the batch, three losses. "infinite": a rate at which the loss is soon no
    /// number. "collection": pictures of a folder beside the run's, which must be there, with batch norms and averaged weights.
    /// "images": whole images of a folder beside the run's, mixed in pairs.</param>
    /// <param name="folder">The run's folder, where this is rank 0.</param>
    /// <param name="ranks">The processes; null for this one alone.</param>
    public static void Train(string name, string folder, Ranks? ranks)
    {
        TrainingOptions descent = ResumableRun.Recipe with { Optimizer = OptimizerKind.Sgd, LearningRate = 0.02 };
        using RunFolder? run = ranks is { IsFirst: false } ? null : new RunFolder(folder);
        string beside = Path.GetDirectoryName(folder)!;
        if (name == "collection")
        {
            TrainCollection(Path.Combine(beside, "tiles"), run, ranks);
            return;
        }

        if (name == "images")
        {
            TrainImages(Path.Combine(beside, "pictures"), run, ranks);
            return;
        }

        using Segmenter model = name == "plain" ? Plain() : ResumableRun.Swin(1);
        ResumableRun.Train(run, model, name switch
        {
            "plain" => descent with
            {
                Accumulate = 1, BatchSize = 5, ClipNorm = null, Losses =
                [
                    new LossTerm(), new LossTerm { Kind = LossKind.Dice, Weight = 0.5 }, new LossTerm { Kind = LossKind.Focal, Weight = 2 },
                ],
            },
            "infinite" => descent with { LearningRate = 1e30, ClipNorm = null },
            _ => descent,
        }, ranks: ranks);
    }

    /// <summary>Trains in several processes.</summary>
    /// <returns>Their exit codes and what they wrote.</returns>
    public static (int ExitCode, string Output)[] Start(string name, string folder, int count)
    {
        int port = FreePort();
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(SharedRun).Assembly.Location] : [];
        Process[] ranks = [.. Enumerable.Range(0, count).Select(rank =>
        {
            var start = new ProcessStartInfo(
                program, [.. host, "-method", $"{typeof(SharedRunRank).FullName}.*", "-explicit", "on", "-noColor"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
            };
            (string Name, string Value)[] variables =
            [
                ("RANK", $"{rank}"), ("WORLD_SIZE", $"{count}"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", $"{port}"),
                (CaseVariable, name), (FolderVariable, folder),
            ];
            foreach ((string variable, string value) in variables) start.Environment[variable] = value;
            return Process.Start(start)!;
        })];
        try
        {
            Task<string>[] outputs = [.. ranks.Select(rank => rank.StandardOutput.ReadToEndAsync())];
            foreach (Process rank in ranks) Assert.True(rank.WaitForExit(Limit), $"a rank ran for more than {Limit}");
            return [.. ranks.Zip(outputs, (rank, output) => (rank.ExitCode, output.Result))];
        }
        finally
        {
            foreach (Process rank in ranks.Where(rank => !rank.HasExited)) rank.Kill();
        }
    }

    /// <summary>Trains as one of several processes.</summary>
    public static void Join()
    {
        using Ranks ranks = Ranks.Join(RankPlace.OfEnvironment()!, TimeSpan.FromMinutes(2));
        Train(Environment.GetEnvironmentVariable(CaseVariable)!, Environment.GetEnvironmentVariable(FolderVariable)!, ranks);
    }

    // Workers of several processes make their rows alone: what they make has to be the same.
    private static void TrainCollection(string tiles, RunFolder? run, Ranks? ranks)
    {
        set_num_threads(1);
        SceneRecipe recipe = StripedCollection.Recipe;
        var experiment = new CollectionExperiment(FolderCollection.Open(tiles, StripedCollection.Layout), recipe with
        {
            Training = recipe.Training with
            {
                Schedule = new LearningRateSchedule { Iterations = 8, WarmupIterations = 2 }, Optimizer = OptimizerKind.Sgd,
                LearningRate = 0.005, BatchSize = 5, EmaDecay = 0.8, ValidateEvery = 4, SaveEvery = 8, Workers = ranks is null ? 0 : 2,
            },
        });
        using Segmenter model = experiment.CreateModel();
        experiment.Train(model, run, ranks: ranks);
    }

    private static void TrainImages(string pictures, RunFolder? run, Ranks? ranks)
    {
        set_num_threads(1);
        SceneRecipe recipe = ImageExperimentTests.Recipe;
        recipe = recipe with
        {
            Training = recipe.Training with
            {
                Schedule = new LearningRateSchedule { Iterations = 6, WarmupIterations = 2 }, Optimizer = OptimizerKind.Sgd,
                LearningRate = 0.005, BatchSize = 5, EmaDecay = 0.8, ValidateEvery = 3, SaveEvery = 6, Workers = ranks is null ? 0 : 2,
            },
        };
        using ClassificationData data = new ImageSource { Data = "folders", Root = pictures }.Open(recipe);
        var experiment = new ImageExperiment(data, recipe);
        using VisionLSTM2 model = experiment.CreateModel();
        experiment.Train(model, run, ranks: ranks);
    }

    private static Segmenter Plain()
    {
        manual_seed(1);
        return Decoders.Compose(
            new SwinBackbone(new SwinConfig { Dim = 8, Depths = [2, 2], Heads = [1, 2], PatchSize = 2, Window = 2, Channels = 2 }),
            3, Decoder.Linear, auxiliaryChannels: 0);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
