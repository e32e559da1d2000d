using SegLstm.Checkpoints;
using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.Dpt;
using SegLstm.Models.LSeg;
using SegLstm.Models.ResNet;
using SegLstm.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.LSeg;

public class LSegCheckpointTests
{
    private static readonly DptConfig Vit = new()
    {
        Dim = 64, Heads = 1, Depth = 4, GridSide = 2, Hooks = [0, 1, 2, 3], Reassembled = [4, 6, 8, 8], FinalNorm = true,
    };

    private static Dictionary<string, Tensor> Official(Segmenter model, string prefix) => model.state_dict()
        .Where(entry => !entry.Key.EndsWith("text_features"))
        .ToDictionary(entry => prefix + entry.Key.Replace("backbone.", "pretrained.").Replace("decode_head.", ""), entry => entry.Value);

    private static Segmenter Make(Backbone backbone, LanguageHeadConfig? config = null)
    {
        var model = new Segmenter(backbone, LanguageHead.For(backbone, 12, 1, config ?? new LanguageHeadConfig { Features = 8 }));
        model.eval();
        return model;
    }

    [Theory]
    [InlineData("net.")]
    [InlineData("")]
    public void A_network_is_built_again_from_the_authors_names(string prefix)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var folder = new TemporaryFolder();
        using var model = Make(new DptEncoder(Vit));
        var state = Official(model, prefix);
        state.Add(prefix + "clip_pretrained.logit_scale", tensor(4.6f));
        state.Add(prefix + "pretrained.model.head.weight", ones(3, 64));
        Checkpoint.Save(folder.File("demo.ckpt"), state);
        using var read = LSegCheckpoint.Load(folder.File("demo.ckpt"));
        ((LanguageHead)model.Head).SetTexts(ones(1, 12));
        ((LanguageHead)read.Head).SetTexts(ones(1, 12));
        var image = randn(1, 3, 64, 32);
        Close.Within(read.forward(image), model.forward(image), 1e-6, "scores");
    }

    [Fact]
    public void The_resnet_of_the_zero_shot_tables_is_read_with_its_grouped_stem()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = Make(new ResNetBackbone(new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 4, OutputStride = 32 }));
        var state = Official(model, "").ToDictionary(
            entry => entry.Key.Replace("pretrained.conv1", "pretrained.layer1.0").Replace("pretrained.bn1", "pretrained.layer1.1")
                .Replace("pretrained.layer1.0.conv", "pretrained.layer1.4.0.conv").Replace("pretrained.layer1.0.bn", "pretrained.layer1.4.0.bn")
                .Replace("pretrained.layer1.0.down", "pretrained.layer1.4.0.down"), entry => entry.Value);
        using var read = LSegCheckpoint.Build(state);
        ((LanguageHead)model.Head).SetTexts(ones(1, 12));
        ((LanguageHead)read.Head).SetTexts(ones(1, 12));
        var image = randn(1, 3, 64, 32);
        Close.Within(read.forward(image), model.forward(image), 1e-6, "scores");
    }

    [Fact]
    public void Blocks_that_are_there_have_to_be_said()
    {
        using var scope = NewDisposeScope();
        var config = new LanguageHeadConfig { Features = 8, Block = LanguageBlock.Bottleneck, BlockDepth = 2 };
        using var model = Make(new DptEncoder(Vit), config);
        var state = Official(model, "net.");
        Assert.Contains("say which ones", Assert.Throws<InvalidDataException>(() => LSegCheckpoint.Build(state)).Message);
        using var read = LSegCheckpoint.Build(state, config);
        Assert.Equal(config, ((LanguageHead)read.Head).Config);
    }

    [Fact]
    public void What_is_no_lseg_is_refused()
    {
        using var scope = NewDisposeScope();
        var refusal = Assert.Throws<InvalidDataException>(() => LSegCheckpoint.Build(new Dictionary<string, Tensor> { ["a"] = ones(1) }));
        Assert.Contains("lacks scratch.layer1_rn.weight", refusal.Message);
        Assert.True(LSegCheckpoint.IsLSeg(["net.scratch.head1.weight"]));
        Assert.False(LSegCheckpoint.IsLSeg(["decode_head.scratch.head1.weight"]));
    }
}
