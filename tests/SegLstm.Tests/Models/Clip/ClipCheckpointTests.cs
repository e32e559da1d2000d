using SegLstm.Checkpoints;
using SegLstm.Models.Clip;
using SegLstm.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Clip;

public class ClipCheckpointTests
{
    [Theory]
    [InlineData("clip.safetensors", "")]
    [InlineData("clip.pth", "")]
    [InlineData("lseg.ckpt", "net.clip_pretrained.")]
    public void A_saved_model_is_built_again_from_its_tensors_alone(string name, string prefix)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var folder = new TemporaryFolder();
        using var model = new ClipModel(ClipModelTests.Text, ClipModelTests.Vision);
        model.eval();
        var state = model.state_dict().ToDictionary(entry => prefix + entry.Key, entry => entry.Value);
        state.Add(prefix + "input_resolution", tensor(8L));
        state.Add("other.weight", ones(2));
        if (prefix.Length == 0)
        {
            state.Remove("other.weight");
        }

        Checkpoint.Save(folder.File(name), state);
        using var read = ClipCheckpoint.Load(folder.File(name));
        Assert.Equal(ClipModelTests.Text, read.Text);
        Assert.Equal(ClipModelTests.Vision, read.Vision);
        var (image, ids) = (randn(2, 3, 8, 8), tensor(new long[,] { { 1, 5, 49, 0, 0, 0, 0, 0, 0 } }));
        Close.Within(read.forward(image, ids), model.forward(image, ids), 1e-6, "logits");
        using var text = ClipCheckpoint.Load(folder.File(name), textOnly: true);
        Assert.Null(text.Vision);
    }

    [Fact]
    public void Half_precision_is_read_as_single()
    {
        using var scope = NewDisposeScope();
        using var model = new ClipModel(ClipModelTests.Text);
        using var read = ClipCheckpoint.Build(model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.to(ScalarType.Float16)));
        Assert.All(read.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Fact]
    public void A_resnet_on_the_image_side_is_left_out()
    {
        using var scope = NewDisposeScope();
        using var model = new ClipModel(ClipModelTests.Text);
        var state = model.state_dict();
        state.Add("visual.layer1.0.conv1.weight", ones(4, 4, 1, 1));
        using var read = ClipCheckpoint.Build(state);
        Assert.Null(read.Vision);
    }

    [Fact]
    public void What_is_no_clip_is_refused_by_what_it_lacks()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("token_embedding.weight",
            Assert.Throws<InvalidDataException>(() => ClipCheckpoint.Build(new Dictionary<string, Tensor> { ["a"] = ones(2) })).Message);
        using var model = new ClipModel(ClipModelTests.Text);
        var state = model.state_dict();
        state.Remove("transformer.resblocks.1.mlp.c_fc.bias");
        state["ln_final.weight"] = ones(7);
        var wrong = Assert.Throws<InvalidDataException>(() => ClipCheckpoint.Build(state, source: "it")).Message;
        Assert.Contains("transformer.resblocks.1.mlp.c_fc.bias", wrong);
        Assert.Contains("ln_final.weight", wrong);
        state["token_embedding.weight"] = ones(7);
        Assert.Contains("expected 2 dimensions", Assert.Throws<InvalidDataException>(() => ClipCheckpoint.Build(state)).Message);
    }
}
