using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

public sealed class CatalogTests
{
    public static TheoryData<string> Small => ["seglstm_tiny", "seglstm_nano"];

    public static TheoryData<string> All => [.. Catalog.List().Select(entry => entry.Name)];

    [Fact]
    public void A_wildcard_lists_the_names_that_match()
    {
        string[] all = [.. Catalog.List().Select(e => e.Name)];
        Assert.Equal(all.Where(n => n.StartsWith("vil2", StringComparison.Ordinal)), Catalog.List("vil2*").Select(e => e.Name));
        Assert.Equal(all.Where(n => n.EndsWith("_tiny", StringComparison.Ordinal)), Catalog.List("*_TINY").Select(e => e.Name));
        Assert.Equal(["vil2_base"], Catalog.List("vil2_b?se").Select(e => e.Name));
        Assert.Equal(all.Order(StringComparer.OrdinalIgnoreCase), all);
        Assert.Empty(Catalog.List("alexnet*"));
    }

    [Theory]
    [InlineData("seglstm_uper", "seglstm_upernet")]
    [InlineData("vil_tniy", "vil_tiny")]
    [InlineData("upernet", "seglstm_upernet")]
    public void An_unknown_name_is_answered_with_the_nearest(string asked, string nearest)
    {
        var error = Assert.Throws<ArgumentException>(() => Catalog.Create(asked, 5, 3, 64));
        Assert.Contains($"'{asked}'", error.Message);
        Assert.Contains(nearest, error.Message);
        Assert.Contains("seglstm models", error.Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_entry_describes_itself_and_can_be_made_for_other_bands_and_classes(string name)
    {
        using var scope = NewDisposeScope();
        var entry = Catalog.Find(name);
        Assert.NotEmpty(entry.Description);
        Assert.NotEmpty(entry.Paper);
        Assert.True(entry.ImageSize > 0);
        using var model = Outline.Of(() => entry.Create(4, 6, 64));
        Assert.Equal(4, model.Classes);
        var complexity = Complexity.Of(model, 64, 64);
        Assert.Equal(model.parameters().Sum(p => p.numel()), complexity.Parameters);
        Assert.True(complexity.MultiplyAdds > 0);
    }

    [Theory]
    [InlineData("resnet50_deeplabv3plus")]
    [InlineData("resnet101_deeplabv3plus")]
    [InlineData("seglstm_dpt")]
    [InlineData("seglstm_linear")]
    [InlineData("vil2_tiny_dpt")]
    public void The_tiny_variant_is_tiny_and_every_parameter_gets_a_gradient(string name)
    {
        manual_seed(7);
        using var scope = NewDisposeScope();
        using var model = Catalog.Find(name).CreateTiny();
        Assert.InRange(Complexity.CountParameters(model), 100, 60_000);
        model.train();
        var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 3, 32, 32]));
        Assert.Equal([2, 3, 32, 32], logits.shape);
        var loss = logits.square().sum();
        (auxiliary is null ? loss : loss + auxiliary.square().sum()).backward();
        foreach (var (parameterName, parameter) in model.named_parameters())
        {
            Assert.True(parameter.grad is not null, $"{parameterName} has no gradient");
            Close.Finite(parameter.grad!, parameterName);
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Small_models_map_a_tile(string name)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var model = Catalog.Create(name, 7, 6, 32);
        model.eval();
        Assert.Equal([2, 7, 32, 32], model.forward(randn([2, 6, 32, 32])).shape);
    }

    [Theory]
    [InlineData("vil2_tiny", 11)]
    [InlineData("vil2_small", 42)]
    [InlineData("vil2_base", 115)]
    public void Vision_lstm_with_upernet_has_the_published_size(string name, double millions)
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create(name, 150, 3, 512);
        // The published table leaves out the auxiliary head, which prediction does not need.
        Assert.Equal(millions,
            Math.Round((Complexity.CountParameters(model.Backbone) + Complexity.CountParameters(model.Head)) / 1e6));
    }

    // What a comparison at equal cost stands on.
    [Fact]
    public void The_minis_have_one_cost_for_a_crop_of_128_pixels()
    {
        double[] costs = [.. Catalog.List("*_mini").Select(entry =>
        {
            using var model = Outline.Of(() => entry.Create(5, 3, 128));
            return Complexity.Of(model, 128, 128).MultiplyAdds;
        })];
        Assert.Equal(6, costs.Length);
        Assert.All(costs, cost => Assert.InRange(cost / costs.Average(), 0.97, 1.03));
    }

    [Fact]
    public void Multiply_adds_grow_with_the_image_and_match_a_hand_count()
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create("seglstm_upernet", 7, 3, 512);
        var small = Complexity.Of(model, 256, 256).MultiplyAdds;
        var large = Complexity.Of(model, 512, 512).MultiplyAdds;
        // Four times the pixels; a little more, because the long sequence is taken in chunks, which wide heads make dear.
        Assert.InRange(large / small, 3.9, 4.4);
        // Projections alone: 24 blocks x 1024 tokens x (3 · 384 · 768) in the encoder, and the head's 3x3 convolutions.
        var projections = 24.0 * 1024 * 3 * 384 * 768;
        var convolutions = 1024.0 * 9 * 512 * ((384 + 2048) + (3 * 512) + 2048);
        Assert.InRange(large, projections + convolutions, 1.35 * (projections + convolutions));
    }
}
