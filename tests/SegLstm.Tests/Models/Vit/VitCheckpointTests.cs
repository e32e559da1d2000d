using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vit;

public sealed class VitCheckpointTests
{
    private static readonly VitBackboneConfig Config = new()
    {
        Dim = 8, Depth = 4, Heads = 2, Height = 16, Width = 16, PatchSize = 4, MlpRatio = 2, Taps = [3], FinalNorm = true,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_classifier_of_timm_becomes_a_backbone_that_computes_the_same(bool deit3)
    {
        using var scope = NewDisposeScope();
        var config = deit3 ? Config with { LayerScale = 0.3, ClassPosition = false } : Config;
        var (source, target) = (new VisionTransformer(config, 5), new VitBackbone(config));
        Perturb(source);
        target.load_state_dict(source.state_dict());
        var image = randn([2, 3, 16, 16]);
        Close.Within(
            target.forward(image)[0].flatten(2).transpose(1, 2), source.Tokens(image).narrow(1, 1, 16), 1e-5, "tokens");
    }

    [Fact]
    public void Extra_tokens_heads_and_norms_that_the_backbone_lacks_are_left_out_and_positions_resized()
    {
        using var scope = NewDisposeScope();
        var source = new VisionTransformer(Config with { Height = 24, Width = 24 }, 5, distilled: true);
        var target = new VitBackbone(Config with { FinalNorm = false, Taps = [0, 1, 2, 3], Neck = true });
        var neck = target.state_dict()["neck.convs.0.conv.weight"].clone();
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(0, Close.Error(target.state_dict()["neck.convs.0.conv.weight"], neck));
        var (given, kept) = (source.state_dict()["pos_embed"], target.state_dict()["pos_embed"]);
        Assert.Equal(0, Close.Error(kept.narrow(1, 0, 1), given.narrow(1, 0, 1)));
        var grid = cat([given.narrow(1, 0, 1), given.narrow(1, 2, 36)], 1);
        Close.Within(kept, VitPositions.Resize(grid, 1, new(6, 6), new(4, 4)), 1e-6, "positions");
    }

    [Theory]
    [InlineData("blocks.11.attn.qkv.weight", "layers.11.attn.attn.in_proj_weight")]
    [InlineData("blocks.0.attn.qkv.bias", "layers.0.attn.attn.in_proj_bias")]
    [InlineData("blocks.3.ls1.gamma", "layers.3.gamma_1")]
    [InlineData("blocks.3.norm2.bias", "layers.3.ln2.bias")]
    [InlineData("patch_embed.proj.bias", "patch_embed.projection.bias")]
    [InlineData("norm.weight", "ln1.weight")]
    [InlineData("head_dist.weight", null)]
    [InlineData("layers.0.ln1.weight", "layers.0.ln1.weight")]
    public void Names_are_translated_once(string name, string? own) => Assert.Equal(own, VitCheckpoint.FromTimm.Translate(name));

    [Fact]
    public void A_backbone_of_another_resolution_loads_and_a_misfit_is_told()
    {
        using var scope = NewDisposeScope();
        var target = new VitBackbone(Config with { Height = 8, Width = 32 });
        var state = new VitBackbone(Config with { Height = 24, Width = 24 }).state_dict();
        target.load_state_dict(state);
        Assert.Equal([1, 17, 8], target.state_dict()["pos_embed"].shape);
        state["layers.9.ln1.weight"] = ones(8);
        Assert.Contains("layers.9.ln1.weight",
            Assert.Throws<StateDictException>(() => target.load_state_dict(state)).Message);
    }

    [Fact]
    public void A_segmenter_takes_the_neck_that_stands_beside_the_backbone_in_mmsegmentations_files()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (source, target) = (Catalog.Find("deit_tiny").CreateTiny(), Catalog.Find("deit_tiny").CreateTiny());
        var official = source.state_dict().ToDictionary(
            entry => entry.Key.Replace("backbone.neck.", "neck.", StringComparison.Ordinal),
            entry => entry.Value);
        Assert.Contains("neck.lateral_convs.0.conv.bias", official.Keys);
        target.load_state_dict(official);
        source.eval();
        target.eval();
        var image = randn([1, 3, 32, 32]);
        Assert.Equal(0, Close.Error(target.forward(image), source.forward(image)));
    }

    private static void Perturb(nn.Module module)
    {
        using var no = no_grad();
        foreach (var parameter in module.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.1);
        }
    }
}
