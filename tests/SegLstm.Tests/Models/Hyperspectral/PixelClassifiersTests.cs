using SegLstm.Models;
using SegLstm.Models.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Hyperspectral;

public sealed class PixelClassifiersTests
{
    public static TheoryData<string> Names => [.. PixelClassifiers.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_every_class_of_any_number_of_bands_and_every_parameter_learns(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var bands in new[] { 17, 48 })
        {
            var entry = PixelClassifiers.Find(name);
            var model = entry.Create(bands, 5);
            model.train();
            var logits = model.call(randn(4, bands, entry.Window, entry.Window));
            Assert.Equal([4, 5], logits.shape);
            nn.functional.cross_entropy(logits, tensor(new long[] { 0, 1, 2, 4 })).backward();
            Assert.All(model.named_parameters(), pair => Assert.True(
                pair.parameter.grad is { } grad && grad.abs().max().item<float>() > 0, pair.name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_profiler_counts_the_parameters_of_modules_without_parts(string name)
    {
        var entry = PixelClassifiers.Find(name);
        var model = Outline.Of(() => entry.Create(PublishedRow.Bands, PublishedRow.Classes));
        var counted = model.named_modules()
            .Where(pair => !pair.module.children().Any() && pair.module is not TorchSharp.Modules.ParameterList)
            .Sum(pair => pair.module.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(counted, model.Profiled.Parameters);
        Assert.True(model.MultiplyAdds > model.Profiled.MultiplyAdds * 0.95, "all products are counted in both");
    }

    [Theory]
    [InlineData("casrnn_patch")]
    [InlineData("spectralformer_patch")]
    public void Rivals_have_the_published_counts_to_every_printed_digit(string name)
    {
        var entry = PixelClassifiers.Find(name);
        var cost = Outline.Of(() => entry.Create(PublishedRow.Bands, PublishedRow.Classes)).Profiled;
        Assert.Equal(entry.Published!.KiloParameters, Math.Round(cost.KiloParameters, 2));
        Assert.Equal(entry.Published.MegaMultiplyAdds, Math.Round(cost.MegaMultiplyAdds, 2));
    }

    [Fact]
    public void SpectralFormer_starts_without_fusion_and_reads_two_layers_back_with_it()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = PixelClassifiers.Find("spectralformer_pixel").Create(9, 3);
        model.eval();
        var x = randn(2, 9);
        var before = model.call(x);
        model.state_dict()["fusion.0"].copy_(tensor(new[] { 0.5f, 0.5f }));
        Assert.True(Close.Error(model.call(x), before) > 1e-4);
    }

    [Fact]
    public void The_first_band_reaches_CasRNNs_answer_through_both_cascades()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = PixelClassifiers.Find("casrnn_pixel").Create(23, 3);
        var x = randn(1, 23);
        var moved = x.clone();
        moved[0, 0] += 1;
        Assert.True(Close.Error(model.call(moved), model.call(x)) > 1e-7);
    }

    [Fact]
    public void A_name_that_there_is_not_brings_the_nearest()
    {
        Assert.Contains("casrnn_patch", Assert.Throws<ArgumentException>(() => PixelClassifiers.Find("casrnn_path")).Message);
        Assert.Contains("Window must be 1", Assert.Throws<ArgumentException>(
            () => new SpectralCnn1d(new SpectralInput(20, 3, 3))).Message);
    }
}
