using System.Text;
using SegLstm.Checkpoints.NameMaps;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints.NameMaps;

public class NameMapTests
{
    [Fact]
    public void Every_map_says_what_it_does_and_where_its_rules_are_from()
    {
        Assert.Contains("timm-vit", NameMap.Names);
        foreach (var name in NameMap.Names)
        {
            var map = NameMap.Get(name);
            Assert.Equal(name, map.Name);
            Assert.True(map.About.Length > 20 && map.Source.Length > 10, name);
        }

        Assert.Contains("timm-vit", Assert.Throws<ArgumentException>(() => NameMap.Get("timm")).Message);
    }

    [Theory]
    [InlineData("timm-vit", "cls_token", "cls_token")]
    [InlineData("timm-vit", "pos_embed", "pos_embed")]
    [InlineData("timm-vit", "patch_embed.proj.weight", "patch_embed.projection.weight")]
    [InlineData("timm-vit", "blocks.11.norm1.weight", "layers.11.ln1.weight")]
    [InlineData("timm-vit", "blocks.0.norm2.bias", "layers.0.ln2.bias")]
    [InlineData("timm-vit", "blocks.3.attn.qkv.weight", "layers.3.attn.attn.in_proj_weight")]
    [InlineData("timm-vit", "blocks.3.attn.qkv.bias", "layers.3.attn.attn.in_proj_bias")]
    [InlineData("timm-vit", "blocks.3.attn.proj.bias", "layers.3.attn.attn.out_proj.bias")]
    [InlineData("timm-vit", "blocks.3.mlp.fc1.weight", "layers.3.ffn.layers.0.0.weight")]
    [InlineData("timm-vit", "blocks.3.mlp.fc2.weight", "layers.3.ffn.layers.1.weight")]
    [InlineData("timm-vit", "norm.weight", "ln1.weight")]
    [InlineData("timm-vit", "head.weight", null)]
    [InlineData("timm-vit", "head_dist.bias", null)]
    [InlineData("microsoft-swin", "patch_embed.norm.weight", "patch_embed.norm.weight")]
    [InlineData("microsoft-swin", "patch_embed.proj.bias", "patch_embed.projection.bias")]
    [InlineData("microsoft-swin", "layers.2.blocks.5.attn.relative_position_bias_table",
        "stages.2.blocks.5.attn.w_msa.relative_position_bias_table")]
    [InlineData("microsoft-swin", "layers.2.blocks.5.attn.qkv.weight", "stages.2.blocks.5.attn.w_msa.qkv.weight")]
    [InlineData("microsoft-swin", "layers.2.blocks.5.norm1.weight", "stages.2.blocks.5.norm1.weight")]
    [InlineData("microsoft-swin", "layers.2.blocks.5.mlp.fc2.bias", "stages.2.blocks.5.ffn.layers.1.bias")]
    [InlineData("microsoft-swin", "layers.0.downsample.reduction.weight", "stages.0.downsample.reduction.weight")]
    [InlineData("microsoft-swin", "layers.0.blocks.1.attn.relative_position_index", null)]
    [InlineData("microsoft-swin", "layers.0.blocks.1.attn_mask", null)]
    [InlineData("microsoft-swin", "norm.weight", null)]
    [InlineData("hugging-face-vit", "vit.embeddings.cls_token", "cls_token")]
    [InlineData("hugging-face-vit", "vit.embeddings.position_embeddings", "pos_embed")]
    [InlineData("hugging-face-vit", "embeddings.patch_embeddings.projection.weight", "patch_embed.proj.weight")]
    [InlineData("hugging-face-vit", "vit.encoder.layer.7.attention.output.dense.weight", "blocks.7.attn.proj.weight")]
    [InlineData("hugging-face-vit", "vit.encoder.layer.7.intermediate.dense.weight", "blocks.7.mlp.fc1.weight")]
    [InlineData("hugging-face-vit", "vit.encoder.layer.7.output.dense.bias", "blocks.7.mlp.fc2.bias")]
    [InlineData("hugging-face-vit", "vit.encoder.layer.7.layernorm_before.bias", "blocks.7.norm1.bias")]
    [InlineData("hugging-face-vit", "vit.encoder.layer.7.layernorm_after.bias", "blocks.7.norm2.bias")]
    [InlineData("hugging-face-vit", "vit.layernorm.weight", "norm.weight")]
    [InlineData("hugging-face-vit", "classifier.weight", "head.weight")]
    [InlineData("hugging-face-vit", "vit.pooler.dense.weight", null)]
    [InlineData("hugging-face-swin", "swin.embeddings.norm.weight", "patch_embed.norm.weight")]
    [InlineData("hugging-face-swin", "swin.encoder.layers.1.blocks.0.attention.self.relative_position_bias_table",
        "layers.1.blocks.0.attn.relative_position_bias_table")]
    [InlineData("hugging-face-swin", "swin.encoder.layers.1.blocks.0.attention.output.dense.bias",
        "layers.1.blocks.0.attn.proj.bias")]
    [InlineData("hugging-face-swin", "swin.encoder.layers.1.blocks.0.output.dense.bias", "layers.1.blocks.0.mlp.fc2.bias")]
    [InlineData("hugging-face-swin", "swin.encoder.layers.0.downsample.reduction.weight", "layers.0.downsample.reduction.weight")]
    [InlineData("hugging-face-swin", "swin.layernorm.bias", "norm.bias")]
    [InlineData("mmsegmentation-backbone", "backbone.layers.0.ln1.weight", "layers.0.ln1.weight")]
    [InlineData("mmsegmentation-backbone", "decode_head.conv_seg.weight", null)]
    [InlineData("lightning", "net.scratch.head1.weight", "scratch.head1.weight")]
    [InlineData("vmamba", "patch_embed.proj.weight", "patch_embed.0.weight")]
    [InlineData("vmamba", "patch_embed.7.weight", "patch_embed.7.weight")]
    [InlineData("vmamba", "layers.2.blocks.14.self_attention.A_logs", "layers.2.blocks.14.op.A_logs")]
    [InlineData("vmamba", "layers.2.blocks.14.ln_1.weight", "layers.2.blocks.14.norm.weight")]
    [InlineData("vmamba", "layers.0.downsample.reduction.weight", "layers.0.downsample.2.weight")]
    [InlineData("vmamba", "layers.0.downsample.norm.bias", "layers.0.downsample.1.bias")]
    [InlineData("vmamba", "norm.weight", "classifier.norm.weight")]
    [InlineData("vmamba", "head.bias", "classifier.head.bias")]
    [InlineData("vmamba-projections", "layers.0.blocks.1.self_attention.x_proj_weight", "layers.0.blocks.1.op.x_proj.weight")]
    [InlineData("vim-segmentation", "norm_f.weight", null)]
    [InlineData("vim-segmentation", "layers.3.mixer.A_b_log", "layers.3.mixer.A_b_log")]
    [InlineData("vil2-training", "xlstm.blocks.5.xlstm.conv1d.weight", "blocks.2.rowwise_from_bot_right.layer.conv.weight")]
    [InlineData("vil2-training", "xlstm.blocks.14.xlstm_norm.weight", "blocks.7.rowwise_from_top_left.norm.weight")]
    public void A_name_becomes_what_the_other_source_calls_it(string map, string name, string? expected) =>
        Assert.Equal(expected, NameMap.Get(map).Rename(name));

    [Fact]
    public void Query_key_and_value_are_joined_in_this_order_whatever_theirs_is()
    {
        using var scope = NewDisposeScope();
        var mapped = NameMap.Get("hugging-face-vit").Apply(new Dictionary<string, Tensor>
        {
            ["vit.encoder.layer.0.attention.attention.value.weight"] = full([2, 3], 3f),
            ["vit.encoder.layer.0.attention.attention.query.weight"] = full([2, 3], 1f),
            ["vit.encoder.layer.0.attention.attention.key.weight"] = full([2, 3], 2f),
            ["vit.layernorm.weight"] = ones(3),
        });
        Assert.Equal(["blocks.0.attn.qkv.weight", "norm.weight"], mapped.Keys);
        Assert.Equal([6, 3], mapped["blocks.0.attn.qkv.weight"].shape);
        Assert.Equal([1f, 1, 2, 2, 3, 3], mapped["blocks.0.attn.qkv.weight"][.., 0].contiguous().data<float>().ToArray());
    }

    [Fact]
    public void A_missing_or_misshaped_part_of_a_joined_tensor_is_named()
    {
        using var scope = NewDisposeScope();
        var state = new Dictionary<string, Tensor>
        {
            ["encoder.layer.0.attention.attention.query.bias"] = ones(2),
            ["encoder.layer.0.attention.attention.value.bias"] = ones(2),
        };
        var error = Assert.Throws<ArgumentException>(() => NameMap.Get("hugging-face-vit").Apply(state));
        Assert.Contains("'blocks.0.attn.qkv.bias'", error.Message);
        Assert.Contains("key", error.Message);
        state["encoder.layer.0.attention.attention.key.bias"] = ones(2, 2);
        Assert.Contains("(2), (2, 2), (2)",
            Assert.Throws<ArgumentException>(() => NameMap.Get("hugging-face-vit").Apply(state)).Message);
    }

    /// <summary>Both mergings compute the same: channels gathered by offsets times Microsoft's matrix, and by unfolding times
    /// mmsegmentation's.</summary>
    [Fact]
    public void Swin_s_merging_computes_the_same_after_its_reordering()
    {
        using var scope = NewDisposeScope();
        const int Channels = 3;
        var image = randn(1, Channels, 4, 6);
        var (reduction, norm) = (randn(2 * Channels, 4 * Channels), randn(4 * Channels));
        var mapped = NameMap.Get("microsoft-swin").Apply(new Dictionary<string, Tensor>
        {
            ["layers.0.downsample.reduction.weight"] = reduction, ["layers.0.downsample.norm.weight"] = norm,
        });
        var rows = new[] { 0, 1, 0, 1 };
        var columns = new[] { 0, 0, 1, 1 };
        var everySecond = TensorIndex.Slice(step: 2);
        var offsets = Enumerable.Range(0, 4)
            .Select(k => image[.., .., rows[k].., columns[k]..][.., .., everySecond, everySecond]);
        var byOffset = cat([.. offsets], 1).flatten(2).transpose(1, 2);
        var byChannel = nn.functional.unfold(image, 2, stride: 2).transpose(1, 2);
        var expected = (byOffset * norm).matmul(reduction.t());
        var got = (byChannel * mapped["stages.0.downsample.norm.weight"]).matmul(
            mapped["stages.0.downsample.reduction.weight"].t());
        Assert.True(Close.Error(expected, got) < 1e-6);
    }

    [Fact]
    public void Vim_s_positions_lose_the_one_in_the_middle()
    {
        using var scope = NewDisposeScope();
        var mapped = NameMap.Get("vim-segmentation").Apply(
            [new("pos_embed", arange(5, dtype: ScalarType.Float32).view(1, 5, 1)), new("cls_token", ones(1, 1, 1))]);
        Assert.Equal([0f, 1, 3, 4], mapped["pos_embed"].flatten().data<float>().ToArray());
        Assert.Single(mapped);
    }

    [Fact]
    public void Vmamba_s_projections_become_one_matrix()
    {
        using var scope = NewDisposeScope();
        var mapped = NameMap.Get("vmamba-projections").Apply(
            [new("layers.0.blocks.0.op.x_proj_weight", arange(24).view(4, 2, 3))]);
        Assert.Equal([8, 3], mapped["layers.0.blocks.0.op.x_proj.weight"].shape);
    }

    [Fact]
    public void Tensors_that_no_rule_changes_are_the_source_s_own_and_others_outlive_the_mapping()
    {
        using var kept = ones(2);
        using var turned = ones(2, 3);
        var map = Map("""
            {"about": "a", "source": "b", "rules": [
              {"transpose": "^w$", "dimensions": [0, 1]}, {"rename": "^(.)$", "to": "x.$1"}]}
            """);
        var mapped = map.Apply([new("b", kept), new("w", turned)]);
        Assert.Same(kept, mapped["x.b"]);
        Assert.Equal([3, 2], mapped["x.w"].shape);
        mapped["x.w"].Dispose();
    }

    [Fact]
    public void Two_tensors_of_one_new_name_and_shapes_that_do_not_fit_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("'norm.weight'", Assert.Throws<ArgumentException>(() => NameMap.Get("hugging-face-vit").Apply(
            [new("vit.layernorm.weight", ones(1)), new("norm.weight", ones(1))])).Message);
        var flat = Assert.Throws<ArgumentException>(() => NameMap.Get("vim-segmentation").Apply([new("pos_embed", ones(1, 5))]));
        Assert.Contains("(1, 5)", flat.Message);
    }

    [Theory]
    [InlineData("[]", "cannot be read")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\"}", "cannot be read")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\", \"rules\": [], \"more\": 1}", "'more'")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\", \"rules\": [{\"move\": \"a\"}]}", "'move'")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\", \"rules\": [{\"drop\": \"a\", \"to\": \"b\"}]}", "'to'")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\", \"rules\": [{\"operation\": \"rot\", \"on\": \"b\"}]}", "'rot'")]
    [InlineData("{\"about\": \"a\", \"source\": \"b\", \"rules\": [{\"include\": \"none\"}]}", "'none'")]
    public void A_map_that_is_no_map_is_refused(string json, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => Map(json)).Message);

    private static NameMap Map(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return NameMapReader.Read("test", stream);
    }
}
