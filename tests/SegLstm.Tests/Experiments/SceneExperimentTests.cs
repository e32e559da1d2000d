using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Training;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments;

public class SceneExperimentTests
{
    private static readonly SceneRecipe Recipe = new()
    {
        Model = "seglstm_nano", WindowSize = 16, Overlap = 8, Split = new BlockSplit(12, 0.2, 0.3, 4),
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 25, WarmupIterations = 3 }, BatchSize = 4, LearningRate = 2e-3,
                ClipNorm = 1, ValidateEvery = 25,
        },
    };

    [Fact]
    public void Each_labelled_pixel_is_in_exactly_one_split()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(60, 70);
        var experiment = new SceneExperiment(scene, Recipe);
        Tensor shown = stack(Enum.GetValues<Split>().Select(split => experiment.Labels(split).ne(255).to_type(ScalarType.Int64)));
        Assert.True(shown.sum(0L).eq(1).all().item<bool>());
        Assert.True(experiment.Labels(Split.Test).masked_fill(experiment.Labels(Split.Test).eq(255), 0).equal(
            scene.Label!.masked_fill(experiment.Labels(Split.Test).eq(255), 0)).all().item<bool>());
    }

    [Fact]
    public void A_trained_model_beats_the_majority_on_held_out_blocks_and_its_map_lies_on_the_scene()
    {
        using var folder = new TemporaryFolder();
        using Scene scene = Scenes.Stripes(60, 70);
        var experiment = new SceneExperiment(scene, Recipe);
        using Segmenter model = experiment.CreateModel();
        TrainingResult result = experiment.Train(model);
        using Tensor map = experiment.Map(model);
        ConfusionMatrix matrix = experiment.Score(map);
        BaselineResult majority = experiment.Baselines().First();
        Assert.Equal("majority class", majority.Name);
        Assert.Equal(majority.Matrix.Total, matrix.Total);
        Assert.True(matrix.Scores.MeanIoU > 2 * majority.Matrix.Scores.MeanIoU,
            $"{matrix.Scores.MeanIoU} {majority.Matrix.Scores.MeanIoU}");
        Assert.Single(result.Validations);

        SceneMap.Write(folder.File("map.tif"), scene, map, scene.Legend);
        using Raster written = Raster.Open(folder.File("map.tif"));
        Assert.Equal(map.flatten().data<long>().ToArray().Select(c => (byte)c), written.ReadArray<byte>());
        Assert.Equal(scene.Legend.Names, written.CategoryNames!.Take(3));
    }

    [Fact]
    public void A_model_of_no_catalog_starts_where_the_seed_says_and_learns_under_its_own_name()
    {
        using Scene scene = Scenes.Stripes(60, 70);
        TrainingOptions fast = Recipe.Training with { LearningRate = 1e-2 };
        var experiment = new SceneExperiment(scene, Recipe with { Model = "ours", Training = fast });
        using Segmenter model = experiment.CreateModel(Compose), same = experiment.CreateModel(Compose);
        var other = new SceneExperiment(scene, Recipe with { Training = fast with { Seed = 1 } });
        using Segmenter different = other.CreateModel(Compose);
        Assert.True(First(model).equal(First(same)).all().item<bool>());
        Assert.False(First(model).equal(First(different)).all().item<bool>());

        TrainingResult result = experiment.Train(model);
        Assert.Equal("ours", experiment.Card.Model);
        Assert.True(result.Losses.TakeLast(5).Average() < result.Losses[0]);

        Segmenter Compose() => Decoders.Compose(
            new SwinBackbone(new SwinConfig
            {
                Dim = 8, Depths = [2, 2], Heads = [1, 2], PatchSize = 2, Window = 2, Channels = scene.Bands, DropPathRate = 0,
            }),
            scene.Legend.Count, channels: 16, auxiliaryChannels: 8);
        static Tensor First(Segmenter segmenter) => segmenter.parameters().First();
    }

    [Fact]
    public void Balanced_classes_weigh_by_the_inverse_root_of_their_share_and_one_on_average()
    {
        using Scene scene = Scenes.Stripes(60, 70);
        scene.Label!.masked_fill_(scene.Label.eq(2).logical_and(arange(70).gt(20).unsqueeze(0)), 1);
        var experiment = new SceneExperiment(scene, Recipe);
        double[] weights = [.. experiment.Balanced().Recipe.Training.ClassWeights!];
        using Tensor train = experiment.Labels(Split.Train);
        double[] counts = [.. Enumerable.Range(0, 3).Select(c => (double)train.eq(c).sum().item<long>())];
        Assert.Equal(Math.Sqrt(counts[1] / counts[2]), weights[2] / weights[1], 1e-9);
        Assert.Equal(1, counts.Zip(weights, (n, w) => n * w).Sum() / counts.Sum(), 1e-9);
    }

    [Fact]
    public void A_share_of_the_labels_is_all_that_training_and_what_it_is_compared_with_see()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(60, 70);
        SceneExperiment all = new(scene, Recipe), few = new(scene, Recipe with { LabelFraction = 0.1, LabelFractionSeed = 3 });
        Assert.Null(all.DrawnLabels);
        LabelDraw drawn = few.DrawnLabels!;
        Assert.Equal(drawn.Classes.Sum(c => c.Drawn), few.Labels(Split.Train).ne(255).sum().item<long>());
        Assert.True(drawn.Share < 0.3, drawn.ToString());
        foreach (Split split in new[] { Split.Validation, Split.Test })
            Assert.True(few.Labels(split).equal(all.Labels(split)).all().item<bool>());
        Assert.Equal(all.Card.Mean, few.Card.Mean);
        Assert.Equal(new LabelFraction(0.1, LabelFractionUnit.Block, 3), few.Card.Labels);
        // The baselines have the same few labels to learn from.
        Assert.True(few.Baseline(new(1)).Matrix.Scores.OverallAccuracy <= all.Baseline(new(1)).Matrix.Scores.OverallAccuracy + 0.02);
        Assert.Equal(["LabelFraction is 0: expected above 0 up to 1."], (Recipe with { LabelFraction = 0 }).Validate());
    }

    [Fact]
    public void A_run_keeps_the_share_in_its_recipe_and_its_model_and_is_not_resumed_with_another()
    {
        using var folder = new TemporaryFolder();
        using Scene scene = Scenes.Stripes(60, 70);
        SceneRecipe recipe = RecordYaml.Apply(Recipe, ["label_fraction=0.2", "label_fraction_unit=pixel", "training.save_every=5"], "the recipe");
        var experiment = new SceneExperiment(scene, recipe);
        using (Segmenter model = experiment.CreateModel())
        using (var run = new RunFolder(folder.File("run")))
            experiment.Train(model, run);
        Assert.Equal(0.2, RecordYaml.Load<SceneRecipe>(folder.File("run/recipe.yaml")).LabelFraction);
        Assert.Equal(new LabelFraction(0.2, LabelFractionUnit.Pixel), ModelCheckpoint.ReadCard(folder.File("run/best.safetensors")).Labels);

        using Segmenter other = experiment.CreateModel();
        using RunFolder resumed = RunFolder.Resume(folder.File("run"));
        string message = Assert.Throws<ArgumentException>(
            () => new SceneExperiment(scene, recipe with { LabelFraction = 0.3 }).Train(other, resumed)).Message;
        Assert.Contains("Model.Labels.Share was 0.2 and is 0.3", message);
    }

    [Fact]
    public void A_scene_without_labels_is_refused()
    {
        using Scene labelled = Scenes.Stripes(40, 40);
        var scene = new Scene
        {
            Name = "blank", Image = labelled.Image, BandNames = labelled.BandNames, DisplayBands = labelled.DisplayBands,
                Legend = ClassLegend.None, Provenance = "",
        };
        Assert.Contains("'blank' has no labels",
            Assert.Throws<ArgumentException>(() => new SceneExperiment(scene, Recipe)).Message);
    }

    [Fact]
    public void A_map_of_a_scene_with_other_bands_is_refused_with_both_lists()
    {
        using Scene scene = Scenes.Stripes(40, 40);
        ModelCard card = new SceneExperiment(scene, Recipe).Card with { Bands = ["red"] };
        using var model = nn.Conv2d(1, 3, 1);
        string message = Assert.Throws<ArgumentException>(() => SceneMap.Predict(scene, model, card, 4)).Message;
        Assert.Contains("2 bands (first, second)", message);
        Assert.Contains("1 (red)", message);
    }
}
