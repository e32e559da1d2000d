using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.SegLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

public sealed class SegmenterTests
{
    [Theory]
    [InlineData(7, 52_725_070, 29_113_863, 887_047)]
    [InlineData(6, 52_724_300, 29_113_350, 886_790)]
    public void The_published_set_up_has_the_published_parameters(int classes, long total, long head, long auxiliary)
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create("seglstm_upernet", classes, 3, 512);
        Assert.Equal(total, Complexity.CountParameters(model));
        Assert.Equal(head, Complexity.CountParameters(model.Head));
        Assert.Equal(auxiliary, Complexity.CountParameters(model.Auxiliary!));
    }

    [Fact]
    public void Logits_have_the_size_of_the_image()
    {
        using var scope = NewDisposeScope();
        var model = Tiny();
        var image = randn([2, 4, 16, 24]);
        Assert.Equal([2, 5, 16, 24], model.forward(image).shape);
        var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
        Assert.Equal([2, 5, 16, 24], logits.shape);
        Assert.Equal([2, 5, 16, 24], auxiliary!.shape);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_from_the_two_losses()
    {
        using var scope = NewDisposeScope();
        var model = Tiny();
        model.train();
        var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 4, 16, 16]));
        (logits.square().sum() + auxiliary!.square().sum()).backward();
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.True(parameter.grad is not null, $"{name} has no gradient");
            Close.Finite(parameter.grad!, name);
        }
    }

    [Fact]
    public void Evaluation_repeats_itself_and_does_not_depend_on_the_batch()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = Tiny();
        model.eval();
        var images = randn([3, 4, 16, 16]);
        var together = model.forward(images);
        Assert.Equal(0, Close.Error(model.forward(images), together));
        Close.Within(cat([.. images.split(1).Select(model.forward)]), together, 1e-4, "one by one");
    }

    [Fact]
    public void A_checkpoint_of_another_crop_size_loads()
    {
        using var scope = NewDisposeScope();
        var (small, large) = (Catalog.Create("seglstm_tiny", 5, 3, 16), Catalog.Create("seglstm_tiny", 5, 3, 32));
        large.load_state_dict(small.state_dict());
        Assert.Equal([1, 8, 8, 96], large.state_dict()["backbone.pos_embed.embed"].shape);
        Assert.Contains("decode_head.conv_seg.weight", large.state_dict().Keys);
        Assert.Contains("auxiliary_head.convs.0.bn.running_mean", large.state_dict().Keys);
    }

    [Fact]
    public void A_head_with_other_channels_is_refused_with_what_would_fit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new Segmenter(Backbone(), new UPerHead([8, 16, 8, 8], 4, 5)));
        Assert.Contains("[8, 16, 8, 8]", error.Message);
        Assert.Contains("input channels [8, 8, 8, 8]", error.Message);
    }

    [Fact]
    public void A_head_that_reads_a_missing_map_or_other_classes_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("from 0 to 3",
            Assert.Throws<ArgumentException>(() => new Segmenter(Backbone(), new FCNHead(8, 4, 5, input: 4))).Message);
        Assert.Contains("same classes", Assert.Throws<ArgumentException>(
            () => new Segmenter(Backbone(), new FCNHead(8, 4, 5, input: 3), new FCNHead(8, 4, 6, input: 2))).Message);
    }

    [Fact]
    public void Maps_from_coarse_to_fine_are_refused_with_the_right_order()
    {
        using var scope = NewDisposeScope();
        var model = Catalog.Create("vil2_tiny", 3, 3, 32);
        var backwards = new UPerHead([192, 192], 8, 3, inputs: [2, 0]);
        Assert.Contains("[0, 2]", Assert.Throws<ArgumentException>(() => new Segmenter(model.Backbone, backwards)).Message);
    }

    [Fact]
    public void An_image_that_is_no_multiple_of_the_patch_is_refused_in_words()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("multiples of the patch size 4",
            Assert.Throws<ArgumentException>(() => Tiny().forward(randn([1, 4, 18, 16]))).Message);
    }

    private static SegLSTM Backbone() =>
        new(new SegLstmConfig { Dim = 8, Channels = 4, Height = 16, Width = 16, PatchSize = 4, Depths = [1, 1, 1, 1] });

    private static Segmenter Tiny()
    {
        manual_seed(11);
        return new Segmenter(Backbone(), new UPerHead([8, 8, 8, 8], 6, 5),
            new FCNHead(8, 4, 5, input: 2, convolutions: 1, concatInput: false));
    }
}
