using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Language;
using SegLstm.Metrics;
using SegLstm.Tests.Training;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments.ZeroShot;

public class HeldOutExperimentTests
{
    internal static readonly SceneRecipe Recipe = new()
    {
        Model = "seglstm_nano", WindowSize = 16, Overlap = 8, Split = new BlockSplit(12, 0.2, 0.3, 4),
        Words = new WordsRecipe { Labels = ["water", "forest", "road"], Head = new() { Features = 16 } },
        Training = new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 60, WarmupIterations = 6 }, BatchSize = 8, LearningRate = 4e-3,
                ClipNorm = 1, ValidateEvery = 60, AverageLabelledOnly = true,
        },
    };

    [Fact]
    public void Pixels_of_a_class_that_is_left_out_play_no_part_in_training()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(60, 70);
        using Scene ignored = Scenes.Stripes(60, 70);
        ignored.Label!.masked_fill_(ignored.Label!.eq(1), 255);
        SceneRecipe brief = Recipe with { Training = Recipe.Training with { Schedule = new LearningRateSchedule { Iterations = 4, WarmupIterations = 1 } } };
        using LanguageSegmenter held = new HeldOutExperiment(scene, brief).Train("first");
        using LanguageSegmenter without = new HeldOutExperiment(ignored, brief).Train("first");
        foreach ((string name, Tensor value) in held.Model.state_dict())
        {
            Close.Within(value.to(ScalarType.Float64), without.Model.state_dict()[name].to(ScalarType.Float64), 1e-4, name);
        }

        Assert.Equal(["water", "forest", "road"], held.Labels);
        Assert.Equal(3, held.Model.Classes);
    }

    [Fact]
    public void Seen_classes_are_learnt_by_their_words_and_the_rest_is_measured_beside_guessing()
    {
        using Scene scene = Scenes.Stripes(60, 70);
        var experiment = new HeldOutExperiment(scene, Recipe);
        HeldOutScore result = experiment.Run("second");
        Assert.Equal(("second", false, 3), (result.Class, result.IsShown, result.Labels));
        Assert.InRange(result.Share, 0.2, 0.45);
        Assert.InRange(result.IoU, 0, 1);
        IReadOnlyList<HeldOutScore> bound = experiment.Seen();
        Assert.Equal(scene.Legend.Names, bound.Select(score => score.Class));
        Assert.All(bound, score => Assert.True(score.IsShown));
        Assert.True(bound.Average(score => score.IoU) > 0.3, string.Join(' ', bound));
        Assert.True(bound[2].IoU > result.Chance, $"{bound[2]} {result.Chance}");
        Assert.Equal(result.Share, bound[2].Share);
        Assert.Equal((bound[0].IoU + bound[1].IoU) / 2, bound[2].OthersIoU, 12);
    }

    [Fact]
    public void Guessing_is_what_guessing_reaches()
    {
        var result = new HeldOutScore("road", false, 0, 0, 0, Share: 0.3, Labels: 4);
        var random = new Random(1);
        long both = 0, either = 0;
        for (var n = 0; n < 400_000; n++)
        {
            bool truth = random.NextDouble() < 0.3, guess = random.Next(4) == 0;
            both += truth && guess ? 1 : 0;
            either += truth || guess ? 1 : 0;
        }

        Assert.Equal((double)both / either, result.Chance, 2);
    }

    [Fact]
    public void A_class_that_is_not_there_or_a_recipe_without_words_is_refused()
    {
        using Scene scene = Scenes.Stripes(30, 30);
        Assert.Contains("low, first, second", Assert.Throws<KeyNotFoundException>(() => new HeldOutExperiment(scene, Recipe).Run("tree")).Message);
        Assert.Throws<ArgumentException>(() => new HeldOutExperiment(scene, Recipe with { Words = null }));
        SceneRecipe few = Recipe with { Words = new WordsRecipe { Labels = ["water"] } };
        Assert.Contains("1 words (water) for 3 classes", Assert.Throws<ArgumentException>(() => new SceneExperiment(scene, few).CreateModel()).Message);
    }
}
