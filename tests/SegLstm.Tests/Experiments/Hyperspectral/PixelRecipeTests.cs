using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Records;

namespace SegLstm.Tests.Experiments.Hyperspectral;

public class PixelRecipeTests
{
    [Fact]
    public void Everything_wrong_is_told_at_once_and_once()
    {
        string message = Assert.Throws<RecordException>(() => RecordYaml.Read<PixelRecipe>(
            """
            model: spectralmamba_patsh
            split: diagonal
            share: 1
            block_size: 0
            training:
              epochs: 0
              seed: -1
            """, "my.yaml")).Message;

        foreach (string part in new[]
        {
            "my.yaml:1: model: Model is 'spectralmamba_patsh': expected ", "my.yaml:2: split: Split is 'diagonal': expected random, disjoint",
            "my.yaml:3: share: Share is 1: expected above 0", "my.yaml:4: block_size: BlockSize is 0",
            "my.yaml:6: training.epochs: Epochs must be positive, got 0", "my.yaml:7: training.seed: Training.Seed is -1",
        })
        {
            Assert.Equal(2, message.Split(part).Length);
        }
    }

    [Fact]
    public void The_seed_is_the_number_of_the_draw()
    {
        HyperspectralScene scene = new SyntheticHyperspectral { Height = 64, Width = 64, Bands = 8, Classes = 3 }.Generate();
        var recipe = new PixelRecipe { Split = PixelDraws.Random, Share = 0.1 };

        PixelDraw third = (recipe with { Training = recipe.Training with { Seed = 3 } }).Draw(scene, window: 3);

        Assert.Equal(PixelDraws.One(scene, PixelDraws.Random, 0.1, 3).Train, third.Train);
        Assert.NotEqual(recipe.Draw(scene, window: 3).Train, third.Train);
    }
}
