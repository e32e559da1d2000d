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
        Assert.Equal(0.05, groups[0].Options.weight_decay);
        Assert.Equal([parameters[3].Item2, parameters[4].Item2], groups[0].Parameters);
        Assert.Equal(0, groups[1].Options.weight_decay);
        Assert.Equal(3, groups[1].Parameters.Count());
    }

    [Fact]
    public void Frozen_parameters_are_left_out_and_so_is_an_empty_group()
    {
        (string, Parameter)[] parameters = [("a", nn.Parameter(zeros(1))), ("b", nn.Parameter(zeros(1), requires_grad: false))];
        Assert.Single(Assert.Single(ParameterGroups.ByName(parameters, new TrainingOptions())).Parameters);
    }
}
