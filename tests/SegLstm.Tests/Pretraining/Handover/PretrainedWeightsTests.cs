using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Models.VisionLstm;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Handover;
using SegLstm.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Handover;

public sealed class PretrainedWeightsTests
{
    [Theory]
    [InlineData(PretrainingMethodKind.Glcnet)]
    [InlineData(PretrainingMethodKind.Simclr)]
    [InlineData(PretrainingMethodKind.Moco)]
    [InlineData(PretrainingMethodKind.Byol)]
    [InlineData(PretrainingMethodKind.Inpainting)]
    [InlineData(PretrainingMethodKind.Jigsaw)]
    [InlineData(PretrainingMethodKind.Tile2vec)]
    [InlineData(PretrainingMethodKind.MaskedImage)]
    public void The_trained_encoder_of_every_method_arrives_in_a_segmenter(PretrainingMethodKind kind)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Saved(folder, kind, "vil");
        var model = Decoders.Compose(new VisionLstmBackbone(Trunks.Vil, [0, 1, 2, 3], pyramid: false), 5, channels: 8, auxiliaryChannels: 4);
        var fresh = model.Head.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using var weights = PretrainedWeights.Load(path.File);
        var fit = weights.Into(model);
        AssertSame(path.Method.EncoderState(), model.state_dict(), "backbone.");
        AssertSame(fresh, model.Head.state_dict(), "");
        Assert.All(fit.Loaded, name => Assert.StartsWith("backbone.", name));
        Assert.Contains(fit.Fresh, name => name.StartsWith("decode_head.", StringComparison.Ordinal));
        Assert.Equal(model.state_dict().Count, fit.Loaded.Count + fit.Fresh.Count);
    }

    [Theory]
    [InlineData(PretrainedParts.Backbone, DeepLabDecoderKind.FineTuning, "backbone")]
    [InlineData(PretrainedParts.Encoder, DeepLabDecoderKind.FineTuning, "backbone encoder")]
    [InlineData(PretrainedParts.Encoder, DeepLabDecoderKind.KeptInFineTuning, "backbone encoder")]
    [InlineData(PretrainedParts.Decoder, DeepLabDecoderKind.KeptInFineTuning, "backbone decoder encoder")]
    public void DeepLab_takes_over_what_the_authors_rules_say(PretrainedParts parts, DeepLabDecoderKind decoder, string taken)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (file, method) = Saved(folder, PretrainingMethodKind.Glcnet, "deeplab");
        var model = new DeepLabV3Plus(Trunks.DeepLab with { Decoder = decoder, Classes = 5 });
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using var weights = PretrainedWeights.Load(file);
        var fit = weights.Into(model, parts);
        Assert.Equal(taken.Split(' '), fit.Loaded.Select(name => name.Split('.')[0]).Distinct().Order());
        var (source, after) = (method.state_dict(), model.state_dict());
        Assert.All(fit.Loaded, name => Assert.True(after[name].eq(source[name]).all().item<bool>(), name));
        Assert.All(fit.Fresh, name => Assert.True(after[name].eq(before[name]).all().item<bool>(), name));
        Assert.Contains(fit.Fresh, name => name.EndsWith("conv4.weight", StringComparison.Ordinal));
        Assert.Contains("proj.0.weight", fit.Dropped);
    }

    [Fact]
    public void A_decoder_that_starts_anew_takes_none_over_and_says_which_would()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var weights = PretrainedWeights.Load(Saved(folder, PretrainingMethodKind.Glcnet, "deeplab").File);
        var error = Assert.Throws<ArgumentException>(() => weights.Into(new DeepLabV3Plus(Trunks.DeepLab), PretrainedParts.Decoder));
        Assert.Contains("KeptInFineTuning", error.Message);
    }

    [Fact]
    public void Another_network_and_a_file_without_a_backbone_are_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var weights = PretrainedWeights.Load(Saved(folder, PretrainingMethodKind.Simclr, "resnet").File);
        // No encoder in it.
        Assert.Throws<StateDictException>(() => weights.Into(new DeepLabV3Plus(Trunks.DeepLab)));
        var wide = Trunks.DeepLab with { Backbone = Trunks.DeepLab.Backbone with { Width = 8 } };
        Assert.Throws<StateDictException>(() => weights.Into(new DeepLabV3Plus(wide), PretrainedParts.Backbone));
        SafeTensors.Save(folder.File("heads.safetensors"), new Dictionary<string, Tensor> { ["fc.weight"] = ones(2) });
        Assert.Contains("fc.weight", Assert.Throws<InvalidDataException>(
            () => PretrainedWeights.Load(folder.File("heads.safetensors"))).Message);
    }

    private static (string File, PretrainingMethod Method) Saved(TemporaryFolder folder, PretrainingMethodKind kind, string trunk)
    {
        var (file, method) = (folder.File("method.safetensors"), SmallMethods.Make(kind, trunk));
        // Batch norms' statistics and slow copies move, so that what arrives can be told from what is fresh.
        using (no_grad())
        {
            method.call(TileViews.Batch(4));
            foreach (var parameter in method.parameters().Where(parameter => parameter.requires_grad))
            {
                parameter.add_(0.5);
            }
        }

        PretrainedWeights.Save(file, method, epochs: 1, loss: 2);
        return (file, method);
    }

    private static void AssertSame(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> got, string prefix)
    {
        var names = expected.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(got[name].eq(expected[name]).all().item<bool>(), name));
    }
}
