using SegLstm.Models.Mamba;
using SegLstm.Models.Vim;
using SegLstm.Models.VMamba;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class ParameterGroupsTests
{
    [Fact]
    public void Names_that_contain_a_spared_part_have_no_decay_and_all_others_have_it()
    {
        string[] names = ["pos_embed.embed", "blocks1.0.norm.weight", "blocks1.0.layer.outnorm.weight",
            "blocks1.0.layer.proj.bias", "head.bn.weight"];
        (string, Parameter)[] parameters = [.. names.Select(name => (name, nn.Parameter(zeros(1))))];
        var groups = ParameterGroups.ByName(parameters, new TrainingOptions { WeightDecay = 0.05 });
        Assert.Equal(2, groups.Count);
        Assert.Equal(0.05, groups[0].WeightDecay);
        Assert.Equal([parameters[3].Item2, parameters[4].Item2], groups[0].Parameters);
        Assert.Equal(0, groups[1].WeightDecay);
        Assert.Equal(3, groups[1].Parameters.Count);
    }

    [Fact]
    public void Frozen_parameters_are_left_out_and_so_is_an_empty_group()
    {
        (string, Parameter)[] parameters = [("a", nn.Parameter(zeros(1))), ("b", nn.Parameter(zeros(1), requires_grad: false))];
        Assert.Single(Assert.Single(ParameterGroups.ByName(parameters, new TrainingOptions())).Parameters);
    }

    [Fact]
    public void A_and_D_of_scans_are_spared_by_their_whole_names_only()
    {
        string[] spared = ["layers.0.mixer.A_log", "layers.0.mixer.D", "mixer.A_b_log", "mixer.D_b", "op.A_logs", "op.Ds", "D"];
        string[] decayed = ["D.weight", "mixer.D_bias", "mixer.Decoder", "mixer.AD", "op.A_logs_x", "dt_proj.weight", "mixer.d"];
        (string, Parameter)[] parameters = [.. decayed.Concat(spared).Select(name => (name, nn.Parameter(zeros(1))))];
        var groups = ParameterGroups.ByName(parameters, new TrainingOptions());
        Assert.Equal(parameters.Take(decayed.Length).Select(p => p.Item2), groups[0].Parameters);
        Assert.Equal(parameters.Skip(decayed.Length).Select(p => p.Item2), groups[1].Parameters);
    }

    [Fact]
    public void The_longest_part_of_a_name_says_how_fast_a_parameter_learns_and_layers_multiply_it()
    {
        string[] names = ["backbone.blocks.0.weight", "backbone.blocks.1.weight", "decode_head.fc.weight", "decode_head.scratch.weight"];
        (string, Parameter)[] parameters = [.. names.Select(name => (name, nn.Parameter(zeros(1))))];
        var options = new TrainingOptions
        {
            LayerDecay = 0.5,
            RateFactors = [new() { Part = "head", Factor = 2 }, new() { Part = "decode_head.scratch", Factor = 10 }, new() { Part = "blocks.1", Factor = 6 }],
        };
        var factors = ParameterGroups.ByName(parameters, options).ToDictionary(group => group.Parameters.Single(), group => group.RateFactor);
        Assert.Equal([0.25, 3, 2, 10], parameters.Select(p => factors[p.Item2]));
    }

    [Fact]
    public void A_rate_for_parameters_that_there_are_not_is_an_error_that_says_how_names_begin()
    {
        (string, Parameter)[] parameters = [("backbone.a", nn.Parameter(zeros(1))), ("decode_head.b", nn.Parameter(zeros(1)))];
        var error = Assert.Throws<ArgumentException>(
            () => ParameterGroups.ByName(parameters, new TrainingOptions { RateFactors = [new() { Part = "head.scratch", Factor = 10 }] }));
        Assert.Contains("'head.scratch'", error.Message);
        Assert.Contains("backbone, decode_head", error.Message);
    }

    [Theory]
    [InlineData("Mamba", 2)]
    [InlineData("Vision Mamba", 4)]
    [InlineData("VMamba", 2)]
    public void Every_state_matrix_and_skip_of_a_scan_is_spared(string kind, int expected)
    {
        using nn.Module layer = kind switch
        {
            "Mamba" => new Mamba(new MambaConfig { Dim = 8 }),
            "Vision Mamba" => new VimMixer(
                new VimMixerConfig { Block = new MambaConfig { Dim = 8 }, Directions = MixerDirections.Both }),
            _ => new SS2D(new SS2DConfig { Dim = 8 }),
        };
        string[] added = [.. Spared(layer, new()).Except(Spared(layer, new() { NoDecayNames = [] }))];
        Assert.True(expected == added.Length, string.Join(", ", added));
    }

    private static string[] Spared(nn.Module layer, TrainingOptions options)
    {
        Parameter[] spared = [.. ParameterGroups.ByName(layer.named_parameters(), options)
            .Where(group => group.WeightDecay == 0).SelectMany(group => group.Parameters)];
        return [.. layer.named_parameters().Where(p => spared.Any(s => ReferenceEquals(s, p.parameter))).Select(p => p.name)];
    }
}
