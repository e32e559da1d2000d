using SegLstm.Models;
using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba;
using TorchSharp;
using static TorchSharp.torch;
using Model = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Tests.Models.SpectralMamba;

public sealed class SpectralMambaTests
{
    private static readonly SpectralMambaConfig Tiny = new() { Dim = 4, StateSize = 2, PieceSize = 3 };

    [Theory]
    [InlineData(SpectrumPooling.Mean, PieceRule.BandsPerPiece, 1)]
    [InlineData(SpectrumPooling.Last, PieceRule.BandsPerPiece, 3)]
    [InlineData(SpectrumPooling.Flatten, PieceRule.NumberOfPieces, 3)]
    [InlineData(SpectrumPooling.Flatten, PieceRule.BandsPerPiece, 5)]
    public void Gradients_of_every_option_agree_with_central_differences(SpectrumPooling pooling, PieceRule rule, int window)
    {
        using var scope = NewDisposeScope();
        var model = new Model(new SpectralInput(7, 3, window), Tiny with { Pooling = pooling, PieceRule = rule, Depth = 2 });
        model.to(ScalarType.Float64);
        var x = randn([2, 7, window, window], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([2, 3], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(x) * weight).sum(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("x", x)), samples: 2);
    }

    [Fact]
    public void A_pixel_is_classified_alike_with_and_without_its_two_sides_of_one()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new Model(new SpectralInput(10, 4));
        var x = randn(3, 10);
        Close.Within(model.forward(x), model.forward(x.view(3, 10, 1, 1)), 1e-6, "spectra");
        Assert.Null(model.Mask(x));
    }

    [Fact]
    public void The_merged_spectrum_is_the_masked_sum_and_the_mask_is_between_0_and_1()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var merging = new GatedMerging(6);
        var x = randn(2, 6, 5, 5);
        var mask = merging.Mask(x);
        Assert.InRange(mask.min().item<float>(), 0, 1);
        Assert.InRange(mask.max().item<float>(), 0, 1);
        Close.Within(merging.forward(x), einsum("bluv,bluv->bl", mask, x), 1e-5, "sum");
    }

    [Fact]
    public void The_gated_merging_has_the_published_multiply_adds_and_22620_parameters_at_145_bands()
    {
        var (patch, pixel) = (PixelClassifiers.Find("spectralmamba_patch"), PixelClassifiers.Find("spectralmamba_pixel"));
        var with = Outline.Of(() => patch.Create(PublishedRow.Bands, PublishedRow.Classes));
        var without = Outline.Of(() => pixel.Create(PublishedRow.Bands, PublishedRow.Classes));
        Assert.Equal(22_620, Complexity.CountParameters(with) - Complexity.CountParameters(without));
        Assert.Equal(22_620, with.Profiled.Parameters - without.Profiled.Parameters);
        Assert.Equal(
            patch.Published!.MegaMultiplyAdds - pixel.Published!.MegaMultiplyAdds,
            with.Profiled.MegaMultiplyAdds - without.Profiled.MegaMultiplyAdds, 0.01);
    }

    [Fact]
    public void Multiply_adds_are_embedding_layers_norm_mean_and_head()
    {
        const double tokens = 24, d = 32, e = 64, n = 16, rank = 2;
        var block = tokens * ((3 * d * e) + (e * (4 + (2 * rank) + (2 * n))) + (9 * e * n) + (4 * e));
        var expected = (tokens * 6 * d) + block + (tokens * d * 3) + (tokens * d * 2) + (tokens * d) + (d * 15);
        Assert.Equal(expected, new Model(new SpectralInput(144, 15)).MultiplyAdds);
    }

    [Fact]
    public void Step_sizes_are_those_of_the_scan_and_positive()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new Model(new SpectralInput(13, 3), Tiny with { Depth = 2 });
        var x = randn(4, 13);
        var steps = model.StepSizes(x, layer: 1);
        Assert.Equal([4, 5], steps.shape);
        Assert.True(steps.min().item<float>() > 0);
        // With all weights of the step's map at 0 only its bias is left: the same step for every piece.
        foreach (var (name, parameter) in model.named_parameters().Where(p => p.name.EndsWith("dt_proj.weight")))
        {
            nn.init.zeros_(parameter);
        }

        var bias = model.state_dict()["layers.1.mixer.dt_proj.bias"];
        Close.Within(model.StepSizes(x, 1), nn.functional.softplus(bias).mean().expand(4, 5), 1e-6, "bias alone");
        Assert.Throws<ArgumentOutOfRangeException>(() => model.StepSizes(x, 2));
    }

    [Fact]
    public void Bad_configurations_and_shapes_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new Model(
            new SpectralInput(9, 2), new SpectralMambaConfig { PieceSize = 10, Dim = 0, Depth = 0 })).Message;
        foreach (var part in new[] { "PieceSize", "Dim", "Depth" })
        {
            Assert.Contains(part, error);
        }

        Assert.Contains("odd", Assert.Throws<ArgumentException>(() => new Model(new SpectralInput(9, 2, 4))).Message);
        Assert.Contains("(B, 9, 3, 3)", Assert.Throws<ArgumentException>(
            () => new Model(new SpectralInput(9, 2, 3)).forward(zeros(1, 9, 5, 5))).Message);
    }
}
