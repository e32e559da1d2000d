using SegLstm.Heads;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads;

public sealed class HeadTests
{
    public static TheoryData<string> Names => ["uper", "fcn", "aspp", "sep", "apc", "ann"];

    [Fact]
    public void The_published_decoders_have_the_published_parameters()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(29_113_863, Complexity.CountParameters(new UPerHead([384, 384, 384, 384], 512, 7)));
        Assert.Equal(29_113_350, Complexity.CountParameters(new UPerHead([384, 384, 384, 384], 512, 6)));
        Assert.Equal(887_047, Complexity.CountParameters(new FCNHead(384, 256, 7, 2, 1, concatInput: false)));
        Assert.Equal(17_507_847, Complexity.CountParameters(new ASPPHead(384, 512, 7, 3)));
        Assert.Equal(13_383_159, Complexity.CountParameters(new DepthwiseSeparableASPPHead(384, 512, 7, 3, 384)));
        Assert.Equal(15_975_993, Complexity.CountParameters(new APCHead(384, 512, 7, 3)));
        Assert.Equal(3_384_455, Complexity.CountParameters(new ANNHead(384, 384, 512, 256, 7, (2, 3))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences_in_training_mode(string name)
    {
        manual_seed(4);
        var head = Make(name, dropout: 0);
        using (no_grad())
        {
            foreach (var parameter in head.parameters())
            {
                parameter.add_(randn(parameter.shape) * 0.2);
            }
        }

        head.to(ScalarType.Float64);
        head.train();
        var maps = Maps(ScalarType.Float64);
        var weight = randn([2, 3, 6, 6], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (head.forward(maps) * weight).sum(),
            head.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_have_the_size_of_the_finest_map_and_evaluation_does_not_depend_on_the_batch(string name)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var head = Make(name, dropout: 0.1);
        head.eval();
        var maps = Maps(ScalarType.Float32);
        var scores = head.forward(maps);
        Assert.Equal([2, 3, 6, 6], scores.shape);
        var first = head.forward([.. maps.Select(map => map.narrow(0, 0, 1))]);
        Close.Within(first, scores.narrow(0, 0, 1), 1e-5, "the first sample alone");
    }

    [Fact]
    public void Dropout_acts_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var head = new FCNHead(4, 4, 3, 0, convolutions: 0, concatInput: false, dropout: 0.5);
        Tensor[] maps = [ones([64, 4, 1, 1])];
        head.eval();
        Assert.Equal(0, Close.Error(head.forward(maps).narrow(0, 0, 32), head.forward(maps).narrow(0, 32, 32)));
        head.train();
        Assert.True(head.forward(maps).std().item<float>() > 0);
        Assert.True(Close.Error(head.forward(maps).narrow(0, 0, 32), head.forward(maps).narrow(0, 32, 32)) > 0);
    }

    [Fact]
    public void A_pyramid_of_uneven_sizes_is_fused_at_the_finest()
    {
        using var scope = NewDisposeScope();
        var head = new UPerHead([6, 8, 10, 12], 8, 5);
        var scores = head.forward([randn([2, 6, 16, 12]), randn([2, 8, 8, 6]), randn([2, 10, 4, 3]), randn([2, 12, 2, 2])]);
        Assert.Equal([2, 5, 16, 12], scores.shape);
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var head = new FCNHead(4, 4, 3, input: 2);
        Assert.Contains("feature map 2", Assert.Throws<ArgumentException>(() => head.forward([randn([1, 4, 2, 2])])).Message);
        Assert.Contains("(N, 4, h, w)", Assert.Throws<ArgumentException>(
            () => head.forward([randn([1, 5, 2, 2]), randn([1, 5, 2, 2]), randn([1, 5, 2, 2])])).Message);
        Assert.Throws<ArgumentException>(() => new FCNHead(4, 5, 3, 0, convolutions: 0));
        Assert.Throws<ArgumentException>(() => new UPerHead([4, 4], 8, 0));
    }

    private static Tensor[] Maps(ScalarType dtype) => [.. Enumerable.Range(0, 4).Select(_ => randn([2, 4, 6, 6], dtype: dtype))];

    private static Head Make(string name, double dropout) => name switch
    {
        "uper" => new UPerHead([4, 4, 4, 4], 4, 3, poolScales: [1, 2, 3], dropout: dropout),
        "fcn" => new FCNHead(4, 4, 3, 2, dropout: dropout),
        "aspp" => new ASPPHead(4, 4, 3, 3, [1, 2, 3], dropout),
        "sep" => new DepthwiseSeparableASPPHead(4, 4, 3, 3, 4, 2, [1, 2, 3], dropout),
        "apc" => new APCHead(4, 4, 3, 3, [1, 2], dropout: dropout),
        _ => new ANNHead(4, 4, 4, 2, 3, (2, 3), [1, 3], dropout: dropout),
    };
}
