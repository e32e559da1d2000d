#if !TORCHSHARP
using SegLstm.Data;
using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.DenseLinear;
using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.HeadNorm;
using SegLstm.Kernels.SkipGate;
using SegLstm.Layers;
using SegLstm.Models;
using SegLstm.Models.SegLstm;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class MixedPrecisionTests
{
    private const int Side = 48, Crop = 16;

    /// <summary>A model of each family; in the long form all.</summary>
    public static TheoryData<string> Models =>
    [
        .. Catalog.List().Select(entry => entry.Name)
            .GroupBy(name => Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1" ? name : name.Split('_')[0])
            .Select(family => family.First()),
    ];

    // bfloat16 has 8 bits: a product is off by up to 1 in 256, a sum of many by less. The linear probe has no batch norm over the
    // few pixels of a pooled map, which would make much of little.
    [Fact]
    public void Loss_and_gradients_of_a_Seg_LSTM_are_those_of_float32_within_the_rounding_of_bfloat16()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using Segmenter model = Decoders.Compose(
            new SegLSTM(new SegLstmConfig
            {
                Dim = 32, Channels = 2, Height = 32, Width = 32, PatchSize = 2, Depths = [2, 2, 2, 2],
            }),
            3, Decoder.Linear, auxiliaryChannels: 0);
        using Scene scene = Scenes.Stripes(32, 32);
        Tensor image = ((scene.Image - 110) / 20).unsqueeze(0), label = scene.Label!.unsqueeze(0);
        (double single, Dictionary<string, Tensor> expected) = Step(model, image, label, TrainingPrecision.Float32);
        (double mixed, Dictionary<string, Tensor> gradients) = Step(model, image, label, TrainingPrecision.Bfloat16);
        Assert.NotEqual(single, mixed);
        Assert.Equal(single, mixed, 0.005 * single);
        Assert.Equal(expected.Keys, gradients.Keys);
        double off = Norm(gradients.Select(entry => entry.Value - expected[entry.Key])) / Norm(expected.Values);
        Assert.True(off < 0.05, $"the gradient is off by {off:p1}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_of_every_family_learn_in_mixed_precision_with_float32_gradients(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using Segmenter model = Catalog.Find(name).CreateTiny();
        int side = model.Backbone.SizeMultiple * (int)Math.Ceiling(32.0 / model.Backbone.SizeMultiple);
        Tensor image = randn([4, 3, side, side]), label = randint(0, 3, [4, side, side], ScalarType.Int64);
        (double single, _) = Step(model, image, label, TrainingPrecision.Float32);
        (double mixed, Dictionary<string, Tensor> gradients) = Step(model, image, label, TrainingPrecision.Bfloat16);
        Assert.Equal(single, mixed, 0.01 * single);
        Assert.All(gradients.Values, gradient => Assert.Equal(ScalarType.Float32, gradient.dtype));
        Assert.True(double.IsFinite(Norm(gradients.Values)));
    }

    [Fact]
    public void Training_lowers_the_loss_as_float32_does_and_weights_stay_float32()
    {
        (IReadOnlyList<double> single, _) = Train(TrainingPrecision.Float32);
        (IReadOnlyList<double> mixed, ScalarType[] types) = Train(TrainingPrecision.Bfloat16);
        double end = mixed.TakeLast(5).Average();
        Assert.True(end < 0.7 * mixed.Take(5).Average(), string.Join(" ", mixed));
        Assert.Equal(single.TakeLast(5).Average(), end, 0.1 * single.TakeLast(5).Average());
        Assert.Equal([ScalarType.Float32], types);
    }

    [Fact]
    public void What_a_checkpointed_block_computes_again_is_in_mixed_precision_too()
    {
        using var scope = NewDisposeScope();
        using Linear linear = nn.Linear(8, 8);
        Tensor start = rand(64, 8);
        Assert.Equal(0, (Gradient(enabled: true) - Gradient(enabled: false)).abs().max().item<float>());

        Tensor Gradient(bool enabled)
        {
            linear.zero_grad();
            Tensor y;
            using (autocast(DeviceType.CPU))
            {
                y = ActivationCheckpoint.Run(
                    enabled, x => linear.forward(nn.functional.silu(linear.forward(x))), start.clone().requires_grad_());
            }

            y.to(ScalarType.Float32).square().sum().backward();
            return linear.weight!.grad!.clone();
        }
    }

    [Fact]
    public void The_kernels_take_what_a_convolution_gives_and_return_float32()
    {
        using var scope = NewDisposeScope();
        Tensor exact = rand(2, 36, 8), half = exact.to(ScalarType.BFloat16), rounded = half.to(ScalarType.Float32);
        Tensor blocks = rand(2, 4, 4), grid = rand(8, 1, 3, 3), line = rand(8, 1, 4), gain = rand(8);
        (string Name, Func<Tensor, Tensor> Run)[] kernels =
        [
            ("block linear", x => BlockLinear.Forward(x, blocks)), ("grid conv", x => GridConv.Forward(x, 6, 6, grid)),
            ("causal conv", x => CausalConv.Forward(x, line)),
            ("causal conv of channels", x => CausalConv.ForwardChannels(x.transpose(1, 2).contiguous(), line)),
            ("head norm", x => HeadNorm.Forward(x.view(2, 36, 2, 4).transpose(1, 2), gain)),
            ("skip gate", x => SkipGate.Forward(x, x, gain, x)),
        ];
        using var mixed = autocast(DeviceType.CPU);
        foreach ((string name, Func<Tensor, Tensor> run) in kernels)
        {
            Tensor result = run(half);
            Assert.True(result.dtype == ScalarType.Float32, name);
            Assert.True(result.equal(run(rounded)).all().item<bool>(), name);
        }

        Tensor weight = rand(5, 8), product = DenseLinear.Forward(exact, weight);
        Assert.Equal(ScalarType.Float32, product.dtype);
        Assert.True(product.equal(product.to(ScalarType.BFloat16).to(ScalarType.Float32)).all().item<bool>());
    }

    private static (double Loss, Dictionary<string, Tensor> Gradients) Step(
        Segmenter model, Tensor image, Tensor label, TrainingPrecision precision)
    {
        model.zero_grad();
        using var objective = new Objective(model, new TrainingOptions { Precision = precision }, 255);
        (double loss, _) = objective.Backward(image, label, seed: 5);
        return (loss, model.named_parameters().Where(p => p.parameter.grad is not null)
            .ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
    }

    private static double Norm(IEnumerable<Tensor> tensors) =>
        Math.Sqrt(tensors.Sum(tensor => tensor.to(ScalarType.Float64).square().sum().item<double>()));

    private static (IReadOnlyList<double> Losses, ScalarType[] Types) Train(TrainingPrecision precision)
    {
        using Scene scene = Scenes.Stripes(Side, Side);
        manual_seed(1);
        using Segmenter model = Catalog.Create("seglstm_nano", 3, 2, Crop);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(Side, Side, Split.Train), Split.Train,
            new TileOptions { Size = Crop, RandomCrops = 16, Seed = 3 });
        TrainingOptions options = new()
        {
            Schedule = new LearningRateSchedule { Iterations = 30, WarmupIterations = 3 }, BatchSize = 4, LearningRate = 2e-3,
            ClipNorm = 1, Seed = 1, Precision = precision,
        };
        ModelCard card = new()
        {
            Model = "seglstm_nano", ImageSize = Crop, Bands = ["first", "second"], DisplayBands = [0, 1, 1], Mean = [110, 110],
            Std = [20, 20], ClassNames = ["low", "first", "second"], Palette = ["#0072B2", "#F0E442", "#D55E00"],
            Dataset = "stripes",
        };
        IReadOnlyList<double> losses = new Trainer(model, options, card).Fit(tiles).Losses;
        return (losses, [.. model.state_dict().Values.Select(value => value.dtype).Where(IsReal).Distinct()]);

        static bool IsReal(ScalarType type) => type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;
    }
}
#endif
