using SegLstm.Models.Mamba;
using SegLstm.Models.Vim;
using TorchSharp;
using static TorchSharp.torch;
using MambaBlock = SegLstm.Models.Mamba.Mamba;

namespace SegLstm.Tests.Models.Vim;

public sealed class VimMixerTests
{
    private static readonly VimMixerConfig Tiny = new() { Block = new MambaConfig { Dim = 6, StateSize = 3 } };

    [Fact]
    public void The_second_direction_is_the_first_on_reversed_tokens()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (mixer, swapped) = (Make(Tiny), Make(Tiny));
        var state = mixer.state_dict();
        swapped.load_state_dict(state.ToDictionary(entry => entry.Key, entry => state[OtherDirection(entry.Key)]));
        var x = randn([2, 7, 6]);
        Close.Within(swapped.forward(x.flip(1)).flip(1), mixer.forward(x), 1e-5, "directions swapped, tokens turned");
        Assert.True(Close.Error(mixer.forward(x.flip(1)).flip(1), mixer.forward(x)) > 1e-2, "the directions differ");
    }

    [Fact]
    public void Half_the_sum_is_half_of_the_sum()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (half, whole) = (Make(Tiny), Make(Tiny with { DivideOut = false }));
        var x = randn([1, 5, 6]);
        Close.Within(half.forward(x) * 2, whole.forward(x), 1e-6, "sum");
    }

    [Fact]
    public void One_direction_is_a_mamba_block()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var mixer = Make(Tiny with { Directions = MixerDirections.Forward });
        var block = new MambaBlock(Tiny.Block);
        block.load_state_dict(mixer.state_dict());
        var x = randn([1, 5, 6]);
        Close.Within(mixer.forward(x), block.forward(x), 1e-6, "forward only");
    }

    [Fact]
    public void Shared_directions_have_a_state_matrix_more_than_one_and_a_convolution_that_looks_back_in_both()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = Tiny with { Directions = MixerDirections.SharedBoth };
        var names = new VimMixer(Tiny with { Directions = MixerDirections.Forward }).state_dict().Keys;
        Assert.Equal(["A_b_log"], new VimMixer(config).state_dict().Keys.Except(names));
        var x = randn([1, 8, 6]);
        Assert.True(Turned(Make(config)) > 1e-2, "the convolution has a direction");
        var without = config with { Block = Tiny.Block with { ConvKernelSize = 1 } };
        Assert.True(Turned(Make(without)) < 1e-5, "without it there is none");

        double Turned(VimMixer mixer)
        {
            mixer.get_parameter("A_b_log")!.copy_(mixer.get_parameter("A_log")!);
            return Close.Error(mixer.forward(x.flip(1)).flip(1), mixer.forward(x));
        }
    }

    [Fact]
    public void A_layer_scale_starts_as_given_and_multiplies_the_output()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(3);
        var plain = new VimMixer(Tiny);
        var scaled = new VimMixer(Tiny with { LayerScale = 0.1 });
        var state = plain.state_dict();
        state["gamma"] = scaled.state_dict()["gamma"];
        scaled.load_state_dict(state);
        var x = randn([1, 5, 6]);
        Close.Within(scaled.forward(x), plain.forward(x) * 0.1, 1e-5, "scaled");
    }

    [Theory]
    [InlineData(MixerDirections.Both)]
    [InlineData(MixerDirections.SharedBoth)]
    public void Gradients_agree_with_central_differences(MixerDirections directions)
    {
        var mixer = Make(Tiny with { Directions = directions, LayerScale = 0.5 });
        mixer.to(ScalarType.Float64);
        var x = randn([1, 4, 6], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([1, 4, 6], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (mixer.forward(x) * weight).sum(),
            mixer.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("x", x)),
            samples: 2);
    }

    [Fact]
    public void A_bad_configuration_is_refused_with_all_reasons()
    {
        var error = Assert.Throws<ArgumentException>(() => new VimMixer(new VimMixerConfig
        {
            Block = Tiny.Block with { Dim = -2 }, Directions = (MixerDirections)7, LayerScale = double.NaN,
        }));
        Assert.Contains("got -2", error.Message);
        Assert.Contains("no value 7", error.Message);
        Assert.Contains("LayerScale", error.Message);
    }

    private static string OtherDirection(string name) => name switch
    {
        "A_log" => "A_b_log",
        "A_b_log" => "A_log",
        "D" => "D_b",
        "D_b" => "D",
        "in_proj.weight" or "out_proj.weight" => name,
        _ when name.Contains("_b.", StringComparison.Ordinal) => name.Replace("_b.", "."),
        _ => name.Replace(".", "_b."),
    };

    private static VimMixer Make(VimMixerConfig config)
    {
        manual_seed(7);
        var mixer = new VimMixer(config);
        using var no = no_grad();
        foreach (var parameter in mixer.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.3);
        }

        return mixer;
    }
}
