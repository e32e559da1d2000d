using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class NamedOptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Sgd, false)]
    [InlineData(OptimizerKind.Sgd, true)]
    [InlineData(OptimizerKind.Lars, false)]
    [InlineData(OptimizerKind.Adam, false)]
    public void A_run_with_any_optimizer_cut_off_and_resumed_ends_in_the_same_bits(OptimizerKind kind, bool nesterov)
    {
        TrainingOptions options = ResumableRun.Recipe with
        {
            Optimizer = kind, Nesterov = nesterov, LearningRate = Rate(kind), WeightDecay = 0.05,
            Schedule = ResumableRun.Recipe.Schedule with { Decay = Decay.Step, Milestones = [6, 9], Gamma = 0.5 },
        };
        RunTrace whole = ResumableRun.Whole(options);
        Assert.NotEqual(whole.Losses[0], whole.Losses[^1]);
        foreach (int batches in new[] { 5, 14 })
        {
            using var folder = new TemporaryFolder();
            ResumableRun.CutOff(folder.Path, batches, options);
            ResumableRun.Resume(folder.Path, options).AssertSame(whole);
        }
    }

    [Fact]
    public void Another_optimizer_is_refused_when_a_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 3);
        TrainingOptions other = ResumableRun.Recipe with { Optimizer = OptimizerKind.Sgd };
        Assert.Contains("Training.Optimizer was \"Adamw\" and is \"Sgd\"",
            Assert.Throws<ArgumentException>(() => ResumableRun.Resume(folder.Path, other)).Message);
    }

    [Fact]
    public void Adam_takes_the_steps_of_torch_optim_Adam_with_decay_in_the_gradient_but_for_what_decay_spares()
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        using TwoLayers model = new(), reference = new();
        reference.load_state_dict(model.state_dict());
        TrainingOptions options = new()
        {
            Optimizer = OptimizerKind.Adam, LearningRate = 1e-3, Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.3, NoDecay = ["spared"],
        };
        using var optimizer = new NamedOptimizer(model, options);
        bool Spared((string name, Parameter parameter) entry) => entry.name.Contains("spared", StringComparison.Ordinal);
        using Adam adam = optim.Adam(
            [
                new Adam.ParamGroup(reference.named_parameters().Where(p => !Spared(p)).Select(p => p.parameter),
                    beta1: 0.8, beta2: 0.95, weight_decay: 0.3),
                new Adam.ParamGroup(reference.named_parameters().Where(Spared).Select(p => p.parameter), beta1: 0.8, beta2: 0.95),
            ]);
        foreach (double rate in new[] { 1e-2, 1e-1, 3e-2 })
        {
            foreach ((Parameter own, Parameter other) in model.parameters().Zip(reference.parameters()))
            {
                own.grad = randn_like(own);
                other.grad = own.grad.clone();
            }

            optimizer.Step(rate);
            foreach (optim.ILearningRateController group in adam.ParamGroups) group.LearningRate = rate;
            adam.step();
            foreach ((Parameter own, Parameter other) in model.parameters().Zip(reference.parameters()))
            {
                Assert.Equal(other.detach().data<double>().ToArray(), own.detach().data<double>().ToArray());
            }
        }
    }

    [Fact]
    public void LARS_takes_the_steps_of_its_paper_in_double_precision()
    {
        const double momentum = 0.9, decay = 0.01, trust = 0.001;
        double[] rates = [0.5, 2, 1];
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var model = new TwoLayers();
        TrainingOptions options = new()
        {
            Optimizer = OptimizerKind.Lars, Momentum = momentum, WeightDecay = decay, TrustCoefficient = trust,
            NoDecay = ["spared"],
        };
        using var optimizer = new NamedOptimizer(model, options);
        var expected = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().data<double>().ToArray());
        var velocity = expected.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
        foreach (double rate in rates)
        {
            foreach ((string name, Parameter parameter) in model.named_parameters())
            {
                parameter.grad = name == "zero" ? zeros_like(parameter) : randn_like(parameter);
                double[] gradient = parameter.grad.data<double>().ToArray();
                bool adapts = name is "weight" or "zero";
                double w = Norm(expected[name]), g = Norm(gradient);
                double local = !adapts || w == 0 || g + decay * w == 0 ? 1 : trust * w / (g + decay * w);
                for (int i = 0; i < gradient.Length; i++)
                {
                    double direction = gradient[i] + (adapts ? decay : 0) * expected[name][i];
                    velocity[name][i] = momentum * velocity[name][i] + rate * local * direction;
                    expected[name][i] -= velocity[name][i];
                }
            }

            optimizer.Step(rate);
        }

        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            Assert.Equal(expected[name], parameter.detach().data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    [Fact]
    public void Layers_learn_at_rates_of_their_own()
    {
        using var model = new TwoLayers();
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, WeightDecay = 0 };
        (string name, Parameter parameter)[] named =
        [
            ("backbone.pos_embed", model.named_parameters().First().parameter),
            ("backbone.blocks.0.weight", model.named_parameters().Last().parameter),
        ];
        Assert.Equal([0.5, 0.25], ParameterGroups.ByName(named, options with { LayerDecay = 0.5, NoDecay = [] })
            .Select(group => group.RateFactor));
    }

    private static double Rate(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Lars => 1,
        OptimizerKind.Adam => 2e-3,
        _ => 0.02,
    };

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private sealed class TwoLayers : nn.Module
    {
        private readonly Parameter weight = nn.Parameter(randn(4, 3, dtype: ScalarType.Float64));
        private readonly Parameter bias = nn.Parameter(randn(4, dtype: ScalarType.Float64));
        private readonly Parameter spared_weight = nn.Parameter(randn(2, 3, dtype: ScalarType.Float64));
        private readonly Parameter zero = nn.Parameter(zeros(2, 2, dtype: ScalarType.Float64));

        public TwoLayers() : base(nameof(TwoLayers)) => RegisterComponents();
    }
}
