using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Runs;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments;

public sealed class CollectionExperimentTests : IDisposable
{
    private static readonly SceneRecipe Recipe = StripedCollection.Recipe;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_model_learns_a_collection_and_everything_about_it_is_kept()
    {
        var source = new CollectionSource { Collection = "folders", Root = Fabricate(),
            Options = new CollectionOptions { Folders = StripedCollection.Layout } };
        var experiment = new CollectionExperiment(source.Open(), Recipe).Balanced();
        Assert.Equal((6, 2, 2), (experiment.TrainingItems.Count, experiment.ValidationItems.Count, experiment.TestItems.Count));
        using Segmenter model = experiment.CreateModel();
        using (var run = new RunFolder(_folder.File("run")))
        {
            source.Save(run.Path);
            TrainingResult result = experiment.Train(model, run);
            Assert.Equal(2, result.Validations.Count);
            Assert.True(result.Losses.TakeLast(8).Average() < 0.8 * result.Losses.Take(4).Average(), string.Join(" ", result.Losses));
        }

        ConfusionMatrix matrix = experiment.Score(model, experiment.TestItems);
        Assert.Equal(2 * 40 * 56, matrix.Total);
        Assert.True(matrix.Scores.OverallAccuracy > 0.6, $"{matrix.Scores.OverallAccuracy}");

        RunSummary summary = RunSummary.Read(_folder.File("run"), "run");
        Assert.Equal((RunState.Finished, "stripes", "24"), (summary.State, summary.Dataset, summary.Value("collection.patch")));
        Assert.Equal(RecordYaml.Write(experiment.Recipe), RecordYaml.Write(RecordYaml.Load<SceneRecipe>(_folder.File("run/recipe.yaml"))));
        Assert.Equal(10, CollectionSource.Of(_folder.File("run"))!.Open().Items.Count);
        (Segmenter loaded, ModelCard card) = ModelCheckpoint.Load(_folder.File("run/last.safetensors"));
        using (loaded)
        {
            var score = new CollectionScore(experiment.Collection, card, CollectionEvaluation.Windows, overlap: 8);
            Assert.Equal(matrix.ToArray(), score.Of(loaded, experiment.TestItems).ToArray());
        }
    }

    [Fact]
    public void The_number_of_workers_does_not_change_the_result()
    {
        RasterCollection collection = FolderCollection.Open(Fabricate(), StripedCollection.Layout);
        byte[] none = Weights(collection, 0), one = Weights(collection, 1), three = Weights(collection, 3);
        Assert.True(none.AsSpan().SequenceEqual(one));
        Assert.True(none.AsSpan().SequenceEqual(three));
    }

    [Fact]
    public void A_run_that_was_cut_off_goes_on_to_the_same_bits()
    {
        RasterCollection collection = FolderCollection.Open(Fabricate(), StripedCollection.Layout);
        SceneRecipe recipe = Short(12) with { Training = Short(12).Training with { SaveEvery = 5 } };
        using Segmenter whole = new CollectionExperiment(collection, recipe).CreateModel();
        new CollectionExperiment(collection, recipe).Train(whole);

        using var stop = new CancellationTokenSource();
        using (Segmenter first = new CollectionExperiment(collection, recipe).CreateModel())
        using (var run = new RunFolder(_folder.File("run")))
        {
            var observer = new Stopper(stop, 6);
            Assert.Throws<OperationCanceledException>(() => new CollectionExperiment(collection, recipe)
                .Train(first, run, observer, stop.Token));
        }

        using Segmenter second = new CollectionExperiment(collection, recipe).CreateModel();
        using RunFolder resumed = RunFolder.Resume(_folder.File("run"));
        SceneRecipe other = recipe with { Collection = recipe.Collection! with { Augmentation = AugmentationOptions.None } };
        Assert.Contains("another collection part", Assert.Throws<ArgumentException>(
            () => new CollectionExperiment(collection, other).Train(second, resumed)).Message);
        // Another number of workers is no other run.
        new CollectionExperiment(collection, recipe with { Training = recipe.Training with { Workers = 1 } }).Train(second, resumed);
        Assert.True(Bytes(whole).AsSpan().SequenceEqual(Bytes(second)));
    }

    [Fact]
    public void Whole_images_and_windows_count_the_same_pixels()
    {
        RasterCollection collection = FolderCollection.Open(Fabricate(), StripedCollection.Layout);
        SceneRecipe whole = Recipe with { Collection = new CollectionRecipe { Evaluation = CollectionEvaluation.Whole } };
        var (first, second) = (new CollectionExperiment(collection, Recipe), new CollectionExperiment(collection, whole));
        using Segmenter model = first.CreateModel();
        ConfusionMatrix windows = first.Score(model, first.TestItems), images = second.Score(model, second.TestItems);
        Assert.Equal(2 * 40 * 56, windows.Total);
        Assert.Equal(windows.Total, images.Total);
        for (int label = 0; label < 3; label++) Assert.Equal(windows.Labels(label), images.Labels(label));
    }

    [Fact]
    public void Without_a_published_validation_the_test_validates_or_training_images_that_are_held_out()
    {
        FolderLayout noValidation = StripedCollection.Layout with { Validation = [] };
        var published = new CollectionExperiment(FolderCollection.Open(Fabricate(), noValidation), Recipe);
        Assert.Equal(published.TestItems, published.ValidationItems);
        var held = new CollectionExperiment(published.Collection, Recipe with { Collection = new CollectionRecipe { HoldOut = 0.25 } });
        Assert.Equal((6, 2, 2), (held.TrainingItems.Count, held.ValidationItems.Count, held.TestItems.Count));
        Assert.Empty(held.TrainingItems.Intersect(held.ValidationItems));
        // Seeds are compared on the same images.
        var again = new CollectionExperiment(published.Collection, held.Recipe with { Training = Recipe.Training with { Seed = 9 } });
        Assert.Equal(held.ValidationItems, again.ValidationItems);
        var none = new CollectionExperiment(FolderCollection.Open(_folder.File("tiles"), noValidation with { Test = [] }), Recipe);
        Assert.Equal((9, 1), (none.TrainingItems.Count, none.ValidationItems.Count));
    }

    [Fact]
    public void What_means_nothing_for_a_collection_is_refused()
    {
        RasterCollection collection = FolderCollection.Open(Fabricate(), StripedCollection.Layout);
        using Segmenter model = new CollectionExperiment(collection, Recipe).CreateModel();
        string message = Assert.Throws<ArgumentException>(
            () => new CollectionExperiment(collection, Recipe with { LabelFraction = 0.5, Pretraining = new PretrainingRecipe() })
                .Train(model)).Message;
        Assert.Contains("LabelFraction is for scenes", message);
        Assert.Contains("Pretraining is for scenes", message);
        Assert.Contains("Collection.Patch is -1",
            string.Join(" ", (Recipe with { Collection = new CollectionRecipe { Patch = -1 } }).Validate()));
    }

    [Fact]
    public void ImageNets_numbers_are_used_as_published_and_for_three_bands_only()
    {
        SceneRecipe recipe = Recipe with { Collection = new CollectionRecipe { Normalization = CollectionNormalization.Imagenet } };
        ModelCard card = new CollectionExperiment(FolderCollection.Open(Fabricate(), StripedCollection.Layout), recipe).Card;
        Assert.Equal([123.675f, 116.28f, 103.53f], card.Mean);
        Assert.Equal([58.395f, 57.12f, 57.375f], card.Std);
        var four = new CollectionExperiment(
            FolderCollection.Open(_folder.File("tiles"), StripedCollection.Layout with { Bands = ["a", "b", "c", "d"] }),
            recipe);
        Assert.Contains("has 4 here (a, b, c, d)", Assert.Throws<ArgumentException>(() => four.Card).Message);
    }

    [Fact]
    public void A_file_that_breaks_while_training_is_told_by_its_name()
    {
        string root = Fabricate();
        RasterCollection collection = FolderCollection.Open(root, StripedCollection.Layout);
        using Segmenter model = new CollectionExperiment(collection, Recipe).CreateModel();
        string broken = Path.Combine(root, "masks", "a3.png");
        File.WriteAllBytes(broken, Png.Encode(new byte[3 * 40 * 56], 3, 40, 56));
        var error = Assert.Throws<InvalidDataException>(() => new CollectionExperiment(collection, Recipe).Train(model));
        Assert.Contains(broken, error.Message);
        Assert.Contains("#000000", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static SceneRecipe Short(int iterations) => Recipe with
    {
        Training = Recipe.Training with { Schedule = new LearningRateSchedule { Iterations = iterations, WarmupIterations = 2 } },
    };

    private static byte[] Weights(RasterCollection collection, int workers)
    {
        SceneRecipe recipe = Short(8) with { Training = Short(8).Training with { Workers = workers } };
        var experiment = new CollectionExperiment(collection, recipe);
        using Segmenter model = experiment.CreateModel();
        experiment.Train(model);
        return Bytes(model);
    }

    private static byte[] Bytes(Segmenter model) =>
        [.. model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];

    private string Fabricate() => StripedCollection.Write(_folder.File("tiles"));

    private sealed class Stopper(CancellationTokenSource stop, int after) : ITrainingObserver
    {
        public void Stepped(StepReport step)
        {
            if (step.Iteration == after) stop.Cancel();
        }
    }
}
