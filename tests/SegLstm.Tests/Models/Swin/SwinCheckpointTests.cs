using SegLstm.Checkpoints;
using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Swin;

public sealed class SwinCheckpointTests
{
    private static readonly SwinConfig Config = new()
    {
        Dim = 8, Depths = [2, 2, 1], Heads = [2, 2, 4], Height = 32, Width = 32, PatchSize = 2, Window = 4, MlpRatio = 2,
        DropPathRate = 0,
    };

    [Fact]
    public void A_classifier_of_microsoft_becomes_a_backbone_that_computes_the_same_stages()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(7);
        var (source, target) = (new SwinTransformer(Config, 3), new SwinBackbone(Config));
        foreach (var parameter in source.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.1);
        }

        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        var image = randn([2, 3, 32, 32]);
        // The last stage has 4 x 4 tokens, one window: the backbone would still shift there, so its single block does not.
        foreach (var (stage, map) in source.StageOutputs(image).Zip(target.forward(image)))
        {
            var normed = nn.functional.layer_norm(stage, [stage.shape[3]], eps: 1e-5);
            Close.Within(map.permute(0, 2, 3, 1), normed, 1e-5, "stage");
        }
    }

    [Theory]
    [InlineData("layers.2.blocks.5.attn.qkv.weight", "stages.2.blocks.5.attn.w_msa.qkv.weight")]
    [InlineData("layers.0.blocks.1.mlp.fc2.bias", "stages.0.blocks.1.ffn.layers.1.bias")]
    [InlineData("layers.0.downsample.norm.weight", "stages.0.downsample.norm.weight")]
    [InlineData("layers.0.blocks.1.attn_mask", null)]
    [InlineData("patch_embed.proj.weight", "patch_embed.projection.weight")]
    [InlineData("patch_embed.norm.weight", "patch_embed.norm.weight")]
    [InlineData("norm.weight", null)]
    [InlineData("norm3.weight", "norm3.weight")]
    public void Names_are_translated_once(string name, string? own) =>
        Assert.Equal(own, SwinCheckpoint.FromMicrosoft.Translate(name));

    [Fact]
    public void A_backbone_of_another_window_loads()
    {
        using var scope = NewDisposeScope();
        var (source, target) = (new SwinBackbone(Config), new SwinBackbone(Config with { Window = 7 }));
        target.load_state_dict(source.state_dict());
        const string Table = "stages.1.blocks.0.attn.w_msa.relative_position_bias_table";
        Assert.Equal(0, Close.Error(target.state_dict()[Table], SwinCheckpoint.ResizeTable(source.state_dict()[Table], 169)));
        Assert.Equal([49, 49], target.state_dict()[Table.Replace("bias_table", "index")].shape);
        Assert.Equal(0, Close.Error(
            target.state_dict()["stages.0.downsample.reduction.weight"],
            source.state_dict()["stages.0.downsample.reduction.weight"]));
    }

    [Fact]
    public void Resizing_a_table_keeps_heads_apart_and_constants()
    {
        using var scope = NewDisposeScope();
        var table = stack([full([49], 2f), full([49], -1f)], 1);
        var resized = SwinCheckpoint.ResizeTable(table, 169);
        Close.Within(resized, stack([full([169], 2f), full([169], -1f)], 1), 1e-6, "table");
        Assert.Contains("(50, 2) and 169",
            Assert.Throws<ArgumentException>(() => SwinCheckpoint.ResizeTable(zeros([50, 2]), 169)).Message);
    }

    [Fact]
    public void What_does_not_fit_is_told_on_loading()
    {
        using var scope = NewDisposeScope();
        var state = new SwinTransformer(Config, 3).state_dict();
        state.Remove("layers.1.blocks.0.mlp.fc1.weight");
        state["layers.7.blocks.0.norm1.weight"] = ones(8);
        var error = Assert.Throws<StateDictException>(() => new SwinBackbone(Config).load_state_dict(state));
        Assert.Contains("stages.1.blocks.0.ffn.layers.0.0.weight", error.Message);
        Assert.Contains("stages.7.blocks.0.norm1.weight", error.Message);
    }
}
