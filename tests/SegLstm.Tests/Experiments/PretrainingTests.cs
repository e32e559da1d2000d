using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Data.Synthetic;
using SegLstm.Experiments;
using SegLstm.Experiments.Runs;
using SegLstm.Models;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Probes;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Training;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments;

public sealed class PretrainingTests : IDisposable
{
    private static readonly SceneRecipe Recipe = new()
    {
        Model = "resnet_tiny_deeplabv3plus", WindowSize = 16, Overlap = 8, Split = new BlockSplit(12, 0.2, 0.3, 4),
        Pretraining = new PretrainingRecipe
        {
            Training = new PretrainingOptions
            {
                Epochs = 1, BatchSize = 4, LogEvery = 1, Glcnet = new GlcNetOptions { BoxSize = 4, BoxCount = 2, Channels = 8 },
            },
            Views = new ViewOptions { TileSize = 20, Size = 16, TilesPerEpoch = 8 },
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pretraining_changes_the_backbone_and_leaves_the_head()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        var experiment = new SceneExperiment(scene, Recipe);
        using Segmenter fresh = experiment.CreateModel(), model = experiment.CreateModel();

        experiment.Pretrain(model, new PretrainedStore(folder.Path));

        Assert.Equal(Numbers(fresh.Head), Numbers(model.Head));
        Assert.NotEqual(Numbers(fresh.Backbone), Numbers(model.Backbone));
    }

    [Fact]
    public void Features_are_measured_meanwhile_without_a_trace_in_the_weights()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        byte[] Weights(string name, int every, SceneRecipe recipe, out FeatureReport?[] reports)
        {
            var told = new Counter();
            var experiment = new SceneExperiment(scene, recipe with
            {
                Pretraining = recipe.Pretraining! with { Training = recipe.Pretraining.Training with { Epochs = 2, ProbeEvery = every } },
            });
            using Segmenter model = experiment.CreateModel();
            experiment.Pretrain(model, new PretrainedStore(folder.File(name)), told);
            reports = [.. told.Reports];
            return Numbers(model.Backbone);
        }

        Assert.Equal(Weights("often", 1, Recipe, out FeatureReport?[] often), Weights("seldom", 9, Recipe, out FeatureReport?[] seldom));
        Assert.Equal((2, 1), (often.Count(report => report is not null), seldom.Count(report => report is not null)));
        Assert.NotEqual(often[0]!.Alignment, often[1]!.Alignment);
        Assert.InRange(often[1]!.NeighbourAccuracy!.Value, 0.2, 1);
        Weights("unlabelled", 1, Recipe with { Split = Recipe.Split with { Validation = 0 } }, out FeatureReport?[] without);
        Assert.All(without, report => Assert.Null(report!.NeighbourAccuracy));
    }

    // Else the numbers on these blocks would not be of ground that the encoder has never seen.
    [Fact]
    public void Pixels_of_the_test_blocks_change_nothing()
    {
        using Scene scene = Scenes.Stripes(96, 96), other = Scenes.Stripes(96, 96);
        using (Tensor held = new SceneExperiment(other, Recipe).Labels(Split.Test).ne(255))
        {
            other.Image.masked_fill_(held, -77);
        }

        Assert.Equal(Encoder(scene, "a"), Encoder(other, "b"));
    }

    [Fact]
    public void An_encoder_is_made_once_and_found_by_all_that_it_depends_on()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        var store = new PretrainedStore(folder.Path);
        var told = new Counter();
        string Run(SceneRecipe recipe)
        {
            var experiment = new SceneExperiment(scene, recipe);
            using Segmenter model = experiment.CreateModel();
            return experiment.Pretrain(model, store, told);
        }

        string first = Run(Recipe);
        Assert.Equal((first, 1), (Run(Recipe with { LabelFraction = 0.5, WindowSize = 32 }), told.Epochs));
        string[] others =
        [
            Run(Recipe with { Training = Recipe.Training with { Seed = 1 } }),
            Run(Recipe with { Split = Recipe.Split with { Seed = 5 } }),
            Run(Recipe with
            {
                Pretraining = Recipe.Pretraining! with
                {
                    Training = Recipe.Pretraining.Training with { Method = PretrainingMethodKind.Simclr },
                },
            }),
        ];
        Assert.Equal((4, 4), (others.Append(first).Distinct().Count(), told.Epochs));
        Assert.All(others, path => Assert.True(RunStore.IsRun(path)));
        Assert.Empty(RunStore.List(folder.Path));
    }

    [Fact]
    public void A_pretraining_that_is_stopped_is_not_found_later()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        var experiment = new SceneExperiment(scene, Recipe);
        using Segmenter model = experiment.CreateModel();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(
            () => experiment.Pretrain(model, new PretrainedStore(folder.Path), stop: stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        var told = new Counter();
        experiment.Pretrain(model, new PretrainedStore(folder.Path), told);
        Assert.Equal(1, told.Epochs);
    }

    [Fact]
    public void Raster_files_are_learnt_from_beside_the_scene_and_have_no_labels_to_start_from()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        RasterWriter.WriteGeoTiff(folder.File("own.tif"), new RasterSpec { Width = 64, Height = 48, Bands = scene.Bands },
            torch.randint(0, 256, [scene.Bands, 48, 64], torch.ScalarType.Byte));
        byte[] Learnt(string name, PretrainingMethodKind method, params string[] scenes)
        {
            var pretraining = Recipe.Pretraining! with { Scenes = scenes };
            var experiment = new SceneExperiment(
                scene, Recipe with { Pretraining = pretraining with { Training = pretraining.Training with { Method = method } } });
            using Segmenter model = experiment.CreateModel();
            experiment.Pretrain(model, new PretrainedStore(folder.File(name)));
            return Numbers(model.Backbone);
        }

        Assert.NotEqual(Learnt("alone", PretrainingMethodKind.Glcnet), Learnt("both", PretrainingMethodKind.Glcnet, folder.File("own.tif")));
        Assert.Contains("'own.tif' in Scenes has no labels",
            Assert.Throws<ArgumentException>(() => Learnt("none", PretrainingMethodKind.Supervised, folder.File("own.tif"))).Message);
    }

    [Fact]
    public void A_pretraining_that_was_cut_off_goes_on_behind_its_last_epoch()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        PretrainingRecipe pretraining = Recipe.Pretraining!;
        var experiment = new SceneExperiment(
            scene, Recipe with { Pretraining = pretraining with { Training = pretraining.Training with { Epochs = 3 } } });
        using Segmenter whole = experiment.CreateModel(), cut = experiment.CreateModel();
        experiment.Pretrain(whole, new PretrainedStore(folder.File("whole")));
        using var stop = new CancellationTokenSource();
        var first = new Counter { OnEpoch = _ => stop.Cancel() };
        Assert.Throws<OperationCanceledException>(() => experiment.Pretrain(cut, new PretrainedStore(folder.File("cut")), first, stop.Token));

        var rest = new Counter();
        string path = experiment.Pretrain(cut, new PretrainedStore(folder.File("cut")), rest);

        Assert.Equal((1, 2), (first.Epochs, rest.Epochs));
        Assert.Equal(Numbers(whole.Backbone), Numbers(cut.Backbone));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.File("cut")));
        Assert.Empty(Directory.GetFiles(path, "state-*"));
    }

    [Fact]
    public void A_supervised_start_learns_from_the_labels_of_another_scene_and_takes_as_many_steps()
    {
        using Scene scene = SyntheticScene.Make(96, 96, SceneDomain.Urban, seed: 3).ToScene();
        using Scene other = SyntheticScene.Make(96, 96, SceneDomain.Urban, seed: 4).ToScene();
        var told = new Counter();
        byte[] Learnt(Scene own)
        {
            var experiment = new SceneExperiment(own, Supervised(2));
            using Segmenter fresh = experiment.CreateModel(), model = experiment.CreateModel();
            experiment.Pretrain(model, new PretrainedStore(folder.Path), told);
            Assert.Equal(Numbers(fresh.Head), Numbers(model.Head));
            Assert.NotEqual(Numbers(fresh.Backbone), Numbers(model.Backbone));
            return Numbers(model.Backbone);
        }

        Assert.Equal(Learnt(scene), Learnt(other));
        Assert.Equal((2, 4), (told.Epochs, told.Steps));
    }

    [Fact]
    public void A_supervised_start_of_other_bands_is_refused()
    {
        using Scene scene = Scenes.Stripes(96, 96);
        var experiment = new SceneExperiment(scene, Supervised(1));
        using Segmenter model = experiment.CreateModel();

        var fault = Assert.Throws<ArgumentException>(() => experiment.Pretrain(model, new PretrainedStore(folder.Path)));

        Assert.Contains("has 3 bands and 'stripes' has 2", fault.Message);
    }

    [Theory, InlineData(), InlineData("synthetic-rural", "globe")]
    public void A_supervised_start_wants_one_scene(params string[] names)
    {
        var recipe = new PretrainingRecipe
        {
            Scenes = names, Training = new PretrainingOptions { Method = PretrainingMethodKind.Supervised },
        };

        Assert.Contains(recipe.Validate(), fault => fault.StartsWith($"Scenes has {names.Length} names: expected one"));
    }

    [Fact]
    public void Faults_are_named_with_their_place_in_the_recipe()
    {
        SceneRecipe wrong = Recipe with
        {
            Pretraining = new PretrainingRecipe
            {
                Training = new PretrainingOptions { Seed = 3, Epochs = 0 }, Views = new ViewOptions { Seed = 4, TileSize = 2 },
            },
        };

        string all = string.Join('\n', wrong.Validate());
        foreach (string part in new[] { "Training.Seed is 3", "Training.Epochs is 0", "Views.Seed is 4", "Views.TileSize is 2" })
            Assert.Contains("Pretraining." + part, all);
    }

    private static SceneRecipe Supervised(int epochs) => Recipe with
    {
        Pretraining = Recipe.Pretraining! with
        {
            Scenes = ["synthetic-rural"],
            Training = Recipe.Pretraining.Training with { Method = PretrainingMethodKind.Supervised, Epochs = epochs },
        },
    };

    private byte[] Encoder(Scene scene, string name)
    {
        var experiment = new SceneExperiment(scene, Recipe);
        using Segmenter model = experiment.CreateModel();
        experiment.Pretrain(model, new PretrainedStore(folder.File(name)));
        return Numbers(model.Backbone);
    }

    private static byte[] Numbers(nn.Module module) =>
        [.. module.state_dict().OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.bytes.ToArray())];

    private sealed class Counter : IPretrainingObserver
    {
        public int Epochs { get; private set; }

        public Action<PretrainingEpoch>? OnEpoch { get; init; }

        public int Steps { get; private set; }

        public void Stepped(PretrainingStep step) => Steps++;

        public List<FeatureReport?> Reports { get; } = [];

        public void Passed(PretrainingEpoch epoch)
        {
            Epochs++;
            OnEpoch?.Invoke(epoch);
            Reports.Add(epoch.Features);
        }
    }
}
