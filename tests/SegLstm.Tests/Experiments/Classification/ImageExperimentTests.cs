using SegLstm.Checkpoints;
using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Classification;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Experiments.Records;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Data.Classification;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments.Classification;

public sealed class ImageExperimentTests : IDisposable
{
    internal static readonly SceneRecipe Recipe = new()
    {
        Model = "vil2_nano", WindowSize = 16, Overlap = 0,
        Classification = new ClassificationRecipe
        {
            Augmentation = new ImageAugmentation { LeastArea = 0.5, ThreeAugment = false, Jitter = null },
        },
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 24, WarmupIterations = 2 }, BatchSize = 6, LearningRate = 2e-3,
            ClipNorm = 1, ValidateEvery = 12, SaveEvery = 5, Mixing = new Mixing(),
        },
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_classifier_learns_folders_and_everything_about_it_is_kept()
    {
        ImageSource source = Folders();
        using ClassificationData data = source.Open(Recipe);
        var experiment = new ImageExperiment(data, Recipe);
        using VisionLSTM2 model = experiment.CreateModel();
        using (var run = new RunFolder(_folder.File("run")))
        {
            source.Save(run.Path);
            Assert.Equal(2, experiment.Train(model, run).Validations.Count);
        }

        ImageScore score = experiment.Score(model, Split.Test);
        Assert.Equal((12, 12), (score.Matrix.Total, score.AmongFive));
        Assert.True(score.Top1 > 0.9 && score.ImagesPerSecond > 0, $"{score.Top1}");
        Assert.Equal(("bright", 0.5), experiment.Majority(Split.Test));
        Assert.Equal(RecordYaml.Write(Recipe), RecordYaml.Write(RecordYaml.Load<SceneRecipe>(_folder.File("run/recipe.yaml"))));
        Assert.Equal(Split.Test, ImageSource.Of(_folder.File("run"))!.Open(Recipe).Reported);

        (TokenEncoder loaded, ModelCard card) = ModelCheckpoint.LoadClassifier(_folder.File("run/last.safetensors"));
        using (loaded)
        {
            Assert.Equal((ModelTask.Classification, -1), (card.Task, card.IgnoreIndex));
            Assert.Equal(score.Matrix.ToArray(), ImageScorer.Of(loaded, data.Of(Split.Test)!, card).Matrix.ToArray());
        }

        Assert.Contains("is a classifier of whole images", Assert.Throws<InvalidDataException>(
            () => ModelCheckpoint.Load(_folder.File("run/last.safetensors"))).Message);
    }

    [Fact]
    public void A_run_that_was_cut_off_amid_mixed_and_accumulated_batches_goes_on_to_the_same_bits()
    {
        SceneRecipe recipe = Recipe with
        {
            Training = Recipe.Training with
            {
                Accumulate = 2, BatchSize = 4, EmaDecay = 0.9, SaveEvery = 3, ValidateEvery = 4,
                Schedule = new LearningRateSchedule { Iterations = 8, WarmupIterations = 2 },
            },
        };
        using ClassificationData data = Folders().Open(recipe);
        var experiment = new ImageExperiment(data, recipe);
        using VisionLSTM2 whole = experiment.CreateModel();
        TrainingResult straight = experiment.Train(whole);

        using var stop = new CancellationTokenSource();
        using (VisionLSTM2 first = experiment.CreateModel())
        using (var run = new RunFolder(_folder.File("run")))
        {
            Assert.Throws<OperationCanceledException>(() => experiment.Train(first, run, new Stopper(stop, 4), stop.Token));
        }

        using VisionLSTM2 second = experiment.CreateModel();
        using RunFolder resumed = RunFolder.Resume(_folder.File("run"));
        var other = new ImageExperiment(data, recipe with { Classification = recipe.Classification! with { Fit = ImageFit.Stretch } });
        Assert.Contains("another classification part", Assert.Throws<ArgumentException>(() => other.Train(second, resumed)).Message);
        Assert.Contains("Mixing", Assert.Throws<ArgumentException>(() => new ImageExperiment(data, recipe with
        {
            Training = recipe.Training with { Mixing = null },
        }).Train(second, resumed)).Message);
        // Another number of workers is no other run.
        SceneRecipe alone = recipe with { Training = recipe.Training with { Workers = 1 } };
        TrainingResult again = new ImageExperiment(data, alone).Train(second, resumed);
        Assert.Equal(straight.Losses, again.Losses);
        Assert.True(Bytes(whole).AsSpan().SequenceEqual(Bytes(second)));
    }

    [Fact]
    public void Fine_tuning_takes_the_weights_over_at_another_size_and_a_fresh_head_for_other_classes()
    {
        using ClassificationData data = Folders().Open(Recipe);
        using VisionLSTM2 trained = VilClassifiers.Create("vil2_nano", 2, 3, 32), other = VilClassifiers.Create("vil2_nano", 7, 3, 16);
        nn.init.normal_(trained.state_dict()["head.weight"]);
        nn.init.normal_(other.state_dict()["head.weight"]);
        SafeTensors.Save(_folder.File("same.safetensors"), trained.state_dict());
        SafeTensors.Save(_folder.File("other.safetensors"), other.state_dict());
        foreach ((string file, VisionLSTM2 source, bool keepsHead) in
            new[] { ("same.safetensors", trained, true), ("other.safetensors", other, false) })
        {
            SceneRecipe recipe = Recipe with { Classification = new ClassificationRecipe { Weights = _folder.File(file) } };
            using VisionLSTM2 model = new ImageExperiment(data, recipe).CreateModel();
            Dictionary<string, Tensor> own = model.state_dict(), given = source.state_dict();
            Assert.True(own["patch_embed.proj.weight"].equal(given["patch_embed.proj.weight"]).all().item<bool>());
            Assert.Equal([1, 4, 4, 64], own["pos_embed.embed"].shape);
            Assert.Equal(keepsHead, own["head.weight"].shape.SequenceEqual(given["head.weight"].shape)
                && own["head.weight"].equal(given["head.weight"]).all().item<bool>());
            if (!keepsHead) Assert.True(own["head.weight"].abs().max().item<float>() < 1e-3);
        }
    }

    [Fact]
    public void What_means_nothing_for_whole_images_or_for_pixels_is_refused()
    {
        using ClassificationData data = Folders().Open(Recipe);
        using VisionLSTM2 model = new ImageExperiment(data, Recipe).CreateModel();
        string message = Assert.Throws<ArgumentException>(() => new ImageExperiment(data, Recipe with
        {
            LabelFraction = 0.5, Collection = new CollectionRecipe(), Pretraining = new PretrainingRecipe(),
        }).Train(model)).Message;
        Assert.Contains("LabelFraction is for segmentation", message);
        Assert.Contains("Collection is for segmentation", message);
        Assert.Contains("Pretraining is for segmentation", message);
        string losses = Assert.Throws<ArgumentException>(() => new ImageExperiment(data, Recipe with
        {
            Training = Recipe.Training with { Losses = [new() { Kind = LossKind.Dice }], ClassWeights = [1, 2] },
        }).Train(model)).Message;
        Assert.Contains("Losses is Dice: expected CrossEntropy alone", losses);
        Assert.Contains("ClassWeights are for segmentation", losses);
        using Segmenter segmenter = Catalog.Create("seglstm_nano", 2, 3, 16);
        using utils.data.Dataset images = data.Of(Split.Train)!;
        ModelCard card = new ImageExperiment(data, Recipe).Card;
        Assert.Contains("The card's Task is Classification and the model a Segmenter",
            Assert.Throws<ArgumentException>(() => new Trainer(segmenter, Recipe.Training, card).Fit(images)).Message);
        Assert.Contains("Mixing is for classifiers of whole images", Assert.Throws<ArgumentException>(
            () => new Trainer(segmenter, Recipe.Training, card with { Task = ModelTask.Segmentation }).Fit(images)).Message);
        Assert.Contains("expected a folder for imagenet, vtab, folders",
            Assert.Throws<ArgumentException>(() => new ImageSource { Data = "vtab" }.Open(Recipe)).Message);
    }

    [Fact]
    public void A_picture_that_breaks_while_training_is_told_by_its_name()
    {
        using ClassificationData data = Folders().Open(Recipe);
        string broken = _folder.File("pictures/train/dark/3.png");
        File.WriteAllText(broken, "no picture");
        using VisionLSTM2 model = new ImageExperiment(data, Recipe).CreateModel();
        Assert.Contains(broken, Assert.ThrowsAny<IOException>(() => new ImageExperiment(data, Recipe).Train(model)).Message);
    }

    [Fact]
    public void ViLs_sizes_are_the_published_ones_with_their_head()
    {
        foreach ((string name, long parameters) in new[] { ("vil2_tiny", 6_391_528L), ("vil2_small", 23_398_696L) })
        {
            using VisionLSTM2 model = VilClassifiers.Create(name, 1000, 3, 192);
            Assert.Equal(parameters - model.Dim * (196 - 144), model.parameters().Sum(parameter => parameter.numel()));
        }

        Assert.Contains("vil2_nano, vil2_tiny", Assert.Throws<ArgumentException>(() => VilClassifiers.Create("vit", 2, 3, 16)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private ImageSource Folders() => new()
    {
        Data = "folders", Root = FabricatedImages.Folders(_folder.File("pictures"), ["train", "val", "test"]),
    };

    private static byte[] Bytes(VisionLSTM2 model) =>
        [.. model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];

    private sealed class Stopper(CancellationTokenSource stop, int after) : ITrainingObserver
    {
        public void Stepped(StepReport step)
        {
            if (step.Iteration + 1 == after) stop.Cancel();
        }
    }
}
