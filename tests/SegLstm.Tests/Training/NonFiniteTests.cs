using System.Text.Json;
using SegLstm.Data;
using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class NonFiniteTests
{
    private const int Side = 48;

    [Fact]
    public void A_pixel_that_is_no_number_is_named_with_its_image_band_and_place()
    {
        var fault = Fails("seglstm_nano", poison: scene => scene.Image[1, 20, 21] = float.NaN);
        Assert.NotNull(fault.Report.Image);
        Assert.Null(fault.Report.Layer);
        Assert.Matches("image [0-3] of the batch has a value that is not finite in band 1 at row [0-9]+, column [0-9]+",
            fault.Message);
    }

    // In a layer that is a module of its own, in a product that the block computes itself, in the head, and in another family.
    [Theory]
    [InlineData("seglstm_nano", "backbone.patch_embed.proj.weight", "backbone.patch_embed.proj")]
    [InlineData("seglstm_nano", "backbone.blocks2.0.norm.weight", "backbone.blocks2.0.norm")]
    [InlineData("seglstm_nano", "backbone.blocks2.0.layer.proj_up.weight", "backbone.blocks2.0.layer")]
    [InlineData("seglstm_nano", "backbone.blocks2.0.layer.proj_down.weight", "backbone.blocks2.0")]
    [InlineData("seglstm_nano", "decode_head.conv_seg.weight", "decode_head.conv_seg")]
    [InlineData("swin", "backbone.stages.1.blocks.0.norm1.weight", "backbone.stages.1.blocks.0.norm1")]
    public void The_first_layer_that_overflows_is_named(string kind, string parameter, string layer)
    {
        // Finite weights, whose products are not.
        var fault = Fails(kind, spoil: model => Set(model, parameter, 3e38f));
        Assert.True(layer == fault.Report.Layer, fault.Message);
        Assert.Contains(layer, fault.Message);
        Assert.DoesNotContain("parameters are not finite", fault.Message);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_named_beside_its_layer()
    {
        var fault = Fails("seglstm_nano", spoil: model => Set(model, "decode_head.conv_seg.bias", float.NaN));
        Assert.Equal("decode_head.conv_seg", fault.Report.Layer);
        Assert.Contains("parameters are not finite themselves: decode_head.conv_seg.bias", fault.Message);
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_named_with_the_parameter_nearest_to_the_loss()
    {
        // The root's slope at zero is infinite, and infinity times the zero of its argument's own slope no number.
        using var model = Poisoned();
        var fault = Fails(model, ResumableRun.Card, Options(2));
        Assert.Equal("gradient norm", fault.Report.Quantity);
        Assert.Equal("backbone.root", fault.Report.Parameter);
        Assert.Contains("the gradient of backbone.root", fault.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_model_is_left_as_it_was_before_the_iteration(int accumulate)
    {
        using Segmenter model = Model("swin");
        using Segmenter twin = Model("swin");
        Fails(model, ResumableRun.Card, Options(accumulate), scene => scene.Image[1, 20, 21] = float.NaN);
        Dictionary<string, Tensor> state = model.state_dict();
        Assert.All(twin.state_dict(), entry => Assert.Equal(entry.Value.bytes.ToArray(), state[entry.Key].bytes.ToArray()));
    }

    [Theory]
    [InlineData("seglstm_nano", "backbone.blocks2.0.layer.proj_up.weight")]
    [InlineData("swin", "backbone.stages.1.blocks.0.norm1.weight")]
    public void The_bundle_gives_the_same_report_in_another_model(string kind, string parameter)
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        using Segmenter model = Model(kind);
        Set(model, parameter, 3e38f);
        var fault = Fails(model, Card(kind), Options(2), run: run);
        Assert.Contains(fault.Bundle!, fault.Message);
        using NonFiniteBundle bundle = NonFiniteBundle.Load(folder.Path);
        using Segmenter? other = kind == "swin" ? ResumableRun.OtherModel() : null;
        Assert.Equal(fault.Report, bundle.Report);
        Assert.Equal(fault.Report, bundle.Replay(other));
        Assert.Equal(JsonSerializer.Serialize(Options(2)), JsonSerializer.Serialize(bundle.Options));
        Assert.Equal([3, 2, 16, 16], Assert.Single(bundle.Batches).Image.shape);
    }

    [Fact]
    public void A_bundle_of_a_gradient_has_all_batches_of_the_step_and_one_of_healed_weights_finds_nothing()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        using Segmenter model = Poisoned(), again = Poisoned(), healed = Poisoned();
        var fault = Fails(model, ResumableRun.Card, Options(3), run: run);
        using NonFiniteBundle bundle = NonFiniteBundle.Load(fault.Bundle!);
        Assert.Equal(3, bundle.Batches.Count);
        Assert.Equal(fault.Report, bundle.Replay(again));
        Set(healed, "backbone.root", 1f);
        ModelCheckpoint.Save(Path.Combine(fault.Bundle!, "model.safetensors"), healed, ResumableRun.Card);
        Assert.Null(bundle.Replay(again));
    }

    [Fact]
    public void A_new_run_removes_the_bundle_and_a_missing_one_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        using (var run = new RunFolder(folder.Path))
        using (Segmenter model = Poisoned())
        {
            Fails(model, ResumableRun.Card, Options(1), run: run);
        }

        using (new RunFolder(folder.Path)) Assert.False(Directory.Exists(folder.File("non-finite")));
        Assert.Contains("holds no whole bundle",
            Assert.Throws<DirectoryNotFoundException>(() => NonFiniteBundle.Load(folder.Path)).Message);
    }

    private static NonFiniteLossException Fails(string kind, Action<Segmenter>? spoil = null, Action<Scene>? poison = null)
    {
        using Segmenter model = Model(kind);
        spoil?.Invoke(model);
        return Fails(model, Card(kind), Options(1), poison);
    }

    private static NonFiniteLossException Fails(
        Segmenter model, ModelCard card, TrainingOptions options, Action<Scene>? poison = null, RunFolder? run = null)
    {
        using Scene scene = Scenes.Stripes(Side, Side);
        poison?.Invoke(scene);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(Side, Side, Split.Train), Split.Train,
            new TileOptions { Size = 16, RandomCrops = 40, Seed = 3 }, new BandStatistics([110, 110], [20, 20]));
        return Assert.Throws<NonFiniteLossException>(() => new Trainer(model, options, card, run).Fit(tiles));
    }

    private static TrainingOptions Options(int accumulate) => new()
    {
        Schedule = new LearningRateSchedule { Iterations = 20, WarmupIterations = 0 }, BatchSize = 3, Accumulate = accumulate,
        LearningRate = 1e-5, Seed = 1,
    };

    private static ModelCard Card(string kind) => kind == "swin" ? ResumableRun.Card : ResumableRun.Card with { Model = kind };

    private static Segmenter Model(string kind)
    {
        if (kind == "swin") return ResumableRun.Swin(1);
        manual_seed(1);
        return Catalog.Create(kind, 3, 2, 16);
    }

    private static Segmenter Poisoned() => new(new RootBackbone(), new FCNHead(2, 4, 3, 0, 1, false));

    private static void Set(Segmenter model, string name, float value)
    {
        using var frozen = no_grad();
        model.named_parameters().Single(p => p.name == name).parameter.fill_(value);
    }

    // Finite forward: the root of zero. Its gradient is not.
    private sealed class RootBackbone : Backbone
    {
        private readonly Parameter root;

        public RootBackbone() : base(nameof(RootBackbone), [1], [2])
        {
            root = nn.Parameter(zeros(1));
            RegisterComponents();
        }

        public override int SizeMultiple => 1;

        public override Tensor[] forward(Tensor image)
        {
            using var scope = NewDisposeScope();
            return [(image + image * root.sqrt()).MoveToOuterDisposeScope()];
        }

        public override double MultiplyAdds(long height, long width) => 2.0 * height * width;
    }
}
