using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class LayerDecayTests
{
    [Theory]
    [InlineData("backbone.cls_token", 0)]
    [InlineData("backbone.pos_embed", 0)]
    [InlineData("backbone.patch_embed.projection.weight", 0)]
    [InlineData("backbone.layers.0.ln1.weight", 1)]
    [InlineData("backbone.layers.1.ffn.layers.0.0.weight", 2)]
    [InlineData("backbone.ln1.weight", 3)]
    [InlineData("decode_head.conv_seg.weight", 3)]
    [InlineData("auxiliary_head.conv_seg.bias", 3)]
    public void A_ViT_under_mmsegmentations_names_falls_from_its_heads_to_its_patches(string name, int layer)
    {
        var decay = new LayerDecay(
            ["backbone.cls_token", "backbone.layers.0.ln1.weight", "backbone.layers.1.ffn.layers.0.0.weight"], 0.65);
        Assert.Equal(layer, decay.Layer(name));
        Assert.Equal(Math.Pow(0.65, 3 - layer), decay.Factor(name), 1e-15);
    }

    [Fact]
    public void A_classifier_of_whole_images_falls_from_its_head_to_its_patches()
    {
        using VisionLSTM2 model = VilClassifiers.Create("vil2_nano", 2, 3, 16);
        string[] names = [.. model.named_parameters().Select(p => p.name)];
        var decay = new LayerDecay(names, 0.5);
        Assert.Equal(Enumerable.Range(0, model.Config.Depth + 2), names.Select(decay.Layer).Distinct().Order());
        Assert.Equal((0, 0, 1, 4), (decay.Layer("pos_embed.embed"), decay.Layer("patch_embed.proj.weight"),
            decay.Layer("blocks.0.rowwise_from_bot_right.norm.weight"), decay.Layer("head.weight")));
    }

    [Theory]
    [InlineData("vil2_tiny")]
    [InlineData("vil_tiny")]
    [InlineData("seglstm_upernet")]
    [InlineData("deit_tiny")]
    public void Models_of_the_catalog_have_parameters_in_every_layer_and_heads_in_the_last(string model)
    {
        using Segmenter segmenter = Catalog.Find(model).CreateTiny();
        string[] names = [.. segmenter.named_parameters().Select(p => p.name)];
        var decay = new LayerDecay(names, 0.5);
        Assert.InRange(decay.Depth, 1, 24);
        Assert.Equal(Enumerable.Range(0, decay.Depth + 2), names.Select(decay.Layer).Distinct().Order());
        Assert.All(names.Where(name => !name.StartsWith("backbone.", StringComparison.Ordinal)),
            name => Assert.Equal(1, decay.Factor(name)));
        Assert.Equal(0, decay.Layer(names.First(name => name.Contains("pos_embed", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("swin_tiny", "stages")]
    [InlineData("resnet50_deeplabv3plus", "none")]
    [InlineData("vmamba_tiny", "stages")]
    public void A_backbone_that_is_no_plain_stack_is_refused_with_the_reason(string model, string reason)
    {
        using Segmenter segmenter = Catalog.Find(model).CreateTiny();
        string message = Assert.Throws<ArgumentException>(
            () => new LayerDecay(segmenter.named_parameters().Select(p => p.name), 0.65)).Message;
        Assert.Contains("LayerDecay is 0.65", message);
        Assert.Contains(reason, message);
    }
}
