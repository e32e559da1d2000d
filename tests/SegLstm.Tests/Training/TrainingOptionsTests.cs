using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_neither_accumulate_nor_average_nor_save()
    {
        var options = new TrainingOptions();
        Assert.Empty(options.Validate());
        Assert.Equal((1, null, null), (options.Accumulate, options.EmaDecay, options.SaveEvery));
    }

    [Theory]
    [InlineData(0, 0.9, 1, "Accumulate is 0")]
    [InlineData(1, 1.0, 1, "EmaDecay is 1")]
    [InlineData(1, -0.1, 1, "EmaDecay is -0.1")]
    [InlineData(1, double.NaN, 1, "EmaDecay is NaN")]
    [InlineData(1, 0.0, 0, "SaveEvery is 0")]
    public void A_value_that_cannot_be_used_is_named(int accumulate, double decay, int every, string expected)
    {
        var options = new TrainingOptions { Accumulate = accumulate, EmaDecay = decay, SaveEvery = every };
        Assert.StartsWith(expected, Assert.Single(options.Validate()));
    }

    [Theory]
    [InlineData(OptimizerKind.Adamw, 0.9, true, 0.001, null, "Nesterov is true")]
    [InlineData(OptimizerKind.Sgd, 0.0, true, 0.001, null, "Nesterov is true")]
    [InlineData(OptimizerKind.Sgd, 1.0, false, 0.001, null, "Momentum is 1")]
    [InlineData(OptimizerKind.Lars, 0.9, false, 0.0, null, "TrustCoefficient is 0")]
    [InlineData(OptimizerKind.Adamw, 0.9, false, 0.001, 1.5, "LayerDecay is 1.5")]
    public void An_optimizers_value_that_cannot_be_used_is_named(
        OptimizerKind kind, double momentum, bool nesterov, double trust, double? decay, string expected)
    {
        var options = new TrainingOptions
        {
            Optimizer = kind, Momentum = momentum, Nesterov = nesterov, TrustCoefficient = trust, LayerDecay = decay,
        };
        Assert.StartsWith(expected, Assert.Single(options.Validate()));
    }

    [Fact]
    public void Losses_that_weigh_batches_differently_are_refused_with_accumulation_and_the_reason_is_told()
    {
        TrainingOptions both = new()
        {
            Accumulate = 2, Losses = [new(), new() { Kind = LossKind.Dice, Weight = 3 }, new() { Kind = LossKind.Focal }],
        };
        Assert.Empty(both.Validate());
        Assert.Empty((both with { Accumulate = 1, ClassWeights = [1, 2], AverageLabelledOnly = true }).Validate());
        Assert.Contains("Dice over images, Focal over labelled pixels",
            Assert.Single((both with { AverageLabelledOnly = true }).Validate()));
        Assert.Contains("CrossEntropy over weighted pixels", Assert.Single((both with { ClassWeights = [1, 2] }).Validate()));
        Assert.Empty((both with { ClassWeights = [1, 2], Losses = [new() { Kind = LossKind.Dice }] }).Validate());
    }

    [Fact]
    public void At_least_one_checkpoint_is_kept() =>
        Assert.StartsWith("KeepCheckpoints is 0", Assert.Single(new TrainingOptions { KeepCheckpoints = 0 }.Validate()));

    [Fact]
    public void No_loss_and_a_weight_that_is_not_positive_are_named()
    {
        Assert.StartsWith("Losses is empty", Assert.Single(new TrainingOptions { Losses = [] }.Validate()));
        Assert.StartsWith("Losses has Dice with weight 0",
            Assert.Single(new TrainingOptions { Losses = [new() { Kind = LossKind.Dice, Weight = 0 }] }.Validate()));
    }
}
