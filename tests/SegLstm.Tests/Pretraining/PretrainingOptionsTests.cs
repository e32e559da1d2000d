using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Networks;

namespace SegLstm.Tests.Pretraining;

public sealed class PretrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_the_published_recipe_and_can_be_used()
    {
        var options = new PretrainingOptions();
        Assert.Empty(options.Validate());
        Assert.Equal((400, 256, 1e-3, 0.9, 0.99, 1e-5), (options.Epochs, options.BatchSize, options.LearningRate, options.Beta1,
            options.Beta2, options.WeightDecay));
        Assert.Equal((0.5, 0.5, 4, 48), (options.Glcnet.Temperature, options.Glcnet.Lambda, options.Glcnet.BoxCount,
            options.Glcnet.BoxSize));
    }

    [Fact]
    public void The_rate_falls_by_epochs_along_a_cosine_whose_end_is_behind_the_last()
    {
        var options = new PretrainingOptions { Epochs = 4 };
        Assert.Equal(1e-3, options.Rate(0), 1e-12);
        Assert.Equal((1e-3 + 4e-8) / 2, options.Rate(2), 1e-12);
        Assert.Equal(4e-8, options.Rate(4), 1e-15);
        Assert.True(options.Rate(3) > 1e-4);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new PretrainingOptions
        {
            Epochs = 0, BatchSize = 0, LogEvery = 0, LearningRate = double.NaN, MinimumRate = 1, Beta1 = 1, Beta2 = -1, WeightDecay = -1,
            Method = (PretrainingMethodKind)99, Glcnet = new GlcNetOptions { BoxSize = 3 },
        };
        var faults = string.Join('\n', options.Validate());
        foreach (var name in new[]
        {
            "Epochs", "BatchSize", "LogEvery", "LearningRate is", "MinimumRate", "Beta1", "Beta2", "WeightDecay", "Method", "Glcnet.BoxSize",
        })
        {
            Assert.Contains(name, faults);
        }

        Assert.Contains("BoxSize", Assert.Throws<ArgumentException>(() => PretrainingMethods.Create(options, () => Trunks.Make("vil"))).Message);
    }

    [Fact]
    public void Every_kind_makes_its_method()
    {
        // A jigsaw's thousand permutations take seconds to choose.
        PretrainingMethodKind[] left = [PretrainingMethodKind.Jigsaw, PretrainingMethodKind.Supervised];
        foreach (var kind in Enum.GetValues<PretrainingMethodKind>().Except(left))
        {
            using var method = PretrainingMethods.Create(new PretrainingOptions { Method = kind }, () => Trunks.Make("vil"));
            Assert.Equal(SmallMethods.Make(kind, "vil").GetType(), method.GetType());
            Assert.Equal(kind == PretrainingMethodKind.Glcnet, method.NeedsIndices);
        }
    }

    [Theory]
    [InlineData(PretrainingMethodKind.Inpainting)]
    [InlineData(PretrainingMethodKind.MaskedImage)]
    public void Small_views_take_small_squares_and_are_refused_with_the_published_ones(PretrainingMethodKind kind)
    {
        var options = new PretrainingOptions { Method = kind, Epochs = 1, BatchSize = 4 };
        using (var small = PretrainingMethods.Create(options with { SquareSide = 4 }, () => Trunks.Make("vil")))
            Assert.Equal(2, new Pretrainer(small, options with { SquareSide = 4 }).Fit(new TileViews(8)).Losses.Count);
        using var large = PretrainingMethods.Create(options with { SquareSide = 128 }, () => Trunks.Make("vil"));
        Assert.Contains("SquareSide", Assert.Throws<ArgumentException>(() => new Pretrainer(large, options).Fit(new TileViews(8))).Message);
        Assert.Contains("SquareSide is 0", string.Join(" ", (options with { SquareSide = 0 }).Validate()));
    }

    [Fact]
    public void Labels_are_refused_where_there_are_none() => Assert.Contains("SceneExperiment.Pretrain", Assert.Throws<ArgumentException>(
        () => PretrainingMethods.Create(new PretrainingOptions { Method = PretrainingMethodKind.Supervised }, () => Trunks.Make("vil"))).Message);
}
