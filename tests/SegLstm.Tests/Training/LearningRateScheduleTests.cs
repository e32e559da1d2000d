using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class LearningRateScheduleTests
{
    // Rates that mmengine's LinearLR and PolyLR give in sequence with Seg-LSTM's configuration (open-mmlab/mmengine 2543429).
    [Theory]
    [InlineData(0, 5.999999999999999e-10)]
    [InlineData(1, 4.008664442961974e-07)]
    [InlineData(2, 8.011328885923947e-07)]
    [InlineData(100, 4.002724442961976e-05)]
    [InlineData(749, 0.000299800166777852)]
    [InlineData(1498, 0.0005995997335557008)]
    [InlineData(1499, 0.000599999999999997)]
    [InlineData(1500, 0.000599999999999997)]
    [InlineData(1501, 0.0005999555522631276)]
    [InlineData(1502, 0.0005999111045262582)]
    [InlineData(5000, 0.00044443292095707354)]
    [InlineData(8000, 0.0003110897103488993)]
    [InlineData(14000, 4.4403289132526604e-05)]
    [InlineData(14997, 8.889547373879206e-08)]
    [InlineData(14998, 4.444773686939603e-08)]
    [InlineData(14999, 0.0)]
    public void The_defaults_are_the_rates_of_the_official_recipe(int iteration, double rate) =>
        Assert.Equal(rate, 6e-4 * new LearningRateSchedule().Factor(iteration), 1e-9 * 6e-4);

    [Theory]
    [InlineData(Decay.Poly)]
    [InlineData(Decay.Cosine)]
    public void The_rate_rises_through_the_warm_up_and_never_after(Decay decay)
    {
        var schedule = new LearningRateSchedule { Iterations = 200, WarmupIterations = 20, Decay = decay, MinimumFactor = 0.01 };
        double[] factors = [.. Enumerable.Range(0, 200).Select(schedule.Factor)];
        for (int t = 1; t < 20; t++) Assert.True(factors[t] > factors[t - 1], $"iteration {t}");
        for (int t = 21; t < 200; t++) Assert.True(factors[t] < factors[t - 1], $"iteration {t}");
        Assert.Equal(1, factors[20]);
        Assert.Equal(0.01, factors[199], 1e-12);
        Assert.Equal(0.01, schedule.Factor(10_000), 1e-12);
    }

    [Fact]
    public void A_cosine_is_halfway_down_at_half_time() =>
        Assert.Equal(0.5, new LearningRateSchedule { Iterations = 101, WarmupIterations = 0, Decay = Decay.Cosine }.Factor(50),
            1e-12);

    [Fact]
    public void Without_a_warm_up_the_first_iteration_has_the_full_rate() =>
        Assert.Equal(1, new LearningRateSchedule { Iterations = 10, WarmupIterations = 0 }.Factor(0));

    [Fact]
    public void A_schedule_of_one_iteration_has_the_full_rate() =>
        Assert.Equal(1, new LearningRateSchedule { Iterations = 1, WarmupIterations = 0 }.Factor(0));

    // PyTorch's MultiStepLR behind a warm-up: torch.optim.lr_scheduler with milestones 10 and 15, gamma 0.1.
    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(2, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 0.1)]
    [InlineData(14, 0.1)]
    [InlineData(15, 0.01)]
    [InlineData(19, 0.01)]
    [InlineData(500, 0.01)]
    public void In_steps_the_rate_falls_at_its_milestones(int iteration, double factor) => Assert.Equal(factor,
        new LearningRateSchedule
        {
            Iterations = 20, WarmupIterations = 3, StartFactor = 0.25, Decay = Decay.Step, Milestones = [10, 15],
        }.Factor(iteration), 1e-12);

    [Theory]
    [InlineData(Decay.Step, new int[0], "Milestones has 0 iterations and Decay is Step")]
    [InlineData(Decay.Poly, new[] { 10 }, "Milestones has 1 iterations and Decay is Poly")]
    [InlineData(Decay.Step, new[] { 15, 10 }, "Milestones is 15, 10: expected rising")]
    [InlineData(Decay.Step, new[] { 2, 10 }, "Milestones is 2, 10: expected rising")]
    [InlineData(Decay.Step, new[] { 20 }, "before the 20 of the run")]
    public void Milestones_that_cannot_be_used_are_named(Decay decay, int[] milestones, string fault) => Assert.Contains(fault,
        Assert.Single(new LearningRateSchedule
        {
            Iterations = 20, WarmupIterations = 3, Decay = decay, Milestones = milestones,
        }.Validate()));

    // GLCNet's rates: torch.optim.lr_scheduler.CosineAnnealingLR(T_max=4, eta_min=4e-8) from 1e-3 and ExponentialLR(0.98) from
    // 1e-4, stepped behind each of 4 epochs of 5 iterations.
    [Theory]
    [InlineData(Decay.Cosine, 1e-3, 4e-5, new[] { 1e-3, 8.5355924845765e-4, 5.0002e-4, 1.46480751542350e-4 })]
    [InlineData(Decay.Exponential, 1e-4, 0.0, new[] { 1e-4, 9.8e-5, 9.604e-5, 9.41192e-5 })]
    public void By_epochs_the_rate_stays_through_an_epoch_and_falls_behind_it(
        Decay decay, double rate, double minimum, double[] epochs)
    {
        var schedule = new LearningRateSchedule
        {
            Iterations = 23, WarmupIterations = 3, StartFactor = 0.5, Decay = decay, Gamma = 0.98, MinimumFactor = minimum,
            EpochIterations = 5,
        };
        Assert.Empty(schedule.Validate());
        double[] rates = [.. Enumerable.Range(3, 20).Select(t => rate * schedule.Factor(t))];
        Assert.Equal(epochs.SelectMany(value => Enumerable.Repeat(value, 5)), rates, (a, b) => Math.Abs(a - b) < 1e-12 * rate);
        Assert.Equal(schedule.Factor(22), schedule.Factor(10_000));
    }

    [Fact]
    public void A_straight_line_by_epochs_takes_equal_steps_and_a_last_epoch_that_is_cut_short_is_one() => Assert.Equal(
        [1, 1, 0.75, 0.75, 0.5, 0.5, 0.25],
        Enumerable.Range(0, 7)
            .Select(new LearningRateSchedule { Iterations = 7, WarmupIterations = 0, EpochIterations = 2 }.Factor));

    [Theory]
    [InlineData(Decay.Exponential, null, "EpochIterations is null and Decay is Exponential")]
    [InlineData(Decay.Cosine, 0, "EpochIterations is 0")]
    [InlineData(Decay.Step, 4, "EpochIterations is 4 and Decay is Step")]
    public void Epochs_that_cannot_be_used_are_named(Decay decay, int? length, string fault) => Assert.StartsWith(fault,
        Assert.Single(new LearningRateSchedule
        {
            Iterations = 20, WarmupIterations = 3, Decay = decay, Milestones = decay == Decay.Step ? [10] : [],
            EpochIterations = length,
        }.Validate()));

    [Fact]
    public void Validation_names_every_fault_at_once()
    {
        var schedule = new LearningRateSchedule { Iterations = 0, WarmupIterations = 5, StartFactor = double.NaN,
            MinimumFactor = 2, Power = 0, Gamma = 0 };
        Assert.Equal(6, schedule.Validate().Count());
        Assert.Empty(new LearningRateSchedule().Validate());
    }
}
