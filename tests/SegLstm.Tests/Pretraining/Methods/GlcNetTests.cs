using SegLstm.Models;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Methods;

public sealed class GlcNetTests
{
    [Fact]
    public void Around_DeepLab_it_has_the_names_of_the_authors_checkpoints_in_every_ablation()
    {
        using var scope = NewDisposeScope();
        foreach (var variant in Enum.GetValues<GlcNetVariant>())
        {
            var names = Make("deeplab", variant).state_dict().Keys.ToHashSet();
            Assert.Equal(
                ["backbone", "decoder", "encoder", "proj", "proj1"], names.Select(name => name.Split('.')[0]).Distinct().Order());
            foreach (var name in new[]
            {
                "backbone.layer4.0.conv2.weight", "encoder.ASPP._image_pool.1.weight", "decoder.conv41.bias", "proj.0.weight",
                "proj.2.bias", "proj1.0.weight", "proj1.2.bias",
            })
            {
                Assert.Contains(name, names);
            }
        }
    }

    [Fact]
    public void The_loss_is_lambda_of_the_global_and_the_rest_of_the_local_part()
    {
        using var scope = NewDisposeScope();
        var method = new GlcNet(Trunks.Make("vil"), SmallMethods.GlcNet with { Lambda = 0.3 });
        var loss = method.call(TileViews.Batch(3));
        Assert.Equal(["global", "local"], loss.Parts.Select(part => part.Name));
        var parts = loss.Parts.Select(part => (double)part.Value.item<float>()).ToArray();
        Assert.Equal((0.3 * parts[0]) + (0.7 * parts[1]), loss.Total.item<float>(), 1e-5);
    }

    [Theory]
    [InlineData("deeplab")]
    [InlineData("vil")]
    public void Ablations_train_only_what_is_left(string trunk)
    {
        using var scope = NewDisposeScope();
        var batch = TileViews.Batch(3);
        foreach (var (variant, untrained) in new (GlcNetVariant, string[])[]
        {
            (GlcNetVariant.Full, []), (GlcNetVariant.NoStyle, []), (GlcNetVariant.NoGlobal, ["proj"]),
            (GlcNetVariant.NoLocal, ["decoder", "proj1"]),
        })
        {
            var method = Make(trunk, variant);
            var loss = method.call(batch);
            Assert.Equal(variant is GlcNetVariant.Full or GlcNetVariant.NoStyle ? 2 : 0, loss.Parts.Count);
            loss.Total.backward();
            Assert.Equal(untrained, method.named_parameters().Where(pair => pair.parameter.grad is null)
                .Select(pair => pair.name.Split('.')[0]).Distinct().Order());
        }
    }

    [Fact]
    public void Without_style_the_global_head_reads_the_mean_alone()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([16, 32], Make("deeplab", GlcNetVariant.Full).state_dict()["proj.0.weight"].shape);
        Assert.Equal([16, 16], Make("deeplab", GlcNetVariant.NoStyle).state_dict()["proj.0.weight"].shape);
    }

    [Fact]
    public void The_style_is_mean_and_unbiased_variance()
    {
        using var scope = NewDisposeScope();
        var method = Make("vil", GlcNetVariant.NoLocal);
        var view = method.See(TileViews.Batch(2).First, boxes: null);
        var flat = view.Encoded.flatten(2);
        var mean = flat.mean([2]);
        var variance = (flat - mean.unsqueeze(2)).square().sum(2) / (flat.shape[2] - 1);
        Close.Within(view.Style!, cat([mean, variance], 1), 1e-5, "style");
    }

    [Fact]
    public void Without_index_maps_it_says_what_to_give_and_without_its_local_part_it_needs_none()
    {
        using var scope = NewDisposeScope();
        var batch = TileViews.Batch(2) with { FirstIndex = null };
        var error = Assert.Throws<ArgumentException>(() => Make("vil", GlcNetVariant.Full).call(batch));
        Assert.Contains("first_index", error.Message);
        Assert.True(Make("vil", GlcNetVariant.NoLocal).call(batch).Total.isfinite().item<bool>());
    }

    [Fact]
    public void A_coarse_map_of_one_pixel_has_no_style_and_says_so()
    {
        using var scope = NewDisposeScope();
        var batch = TileViews.Batch(2, side: 16);
        var method = Make("resnet", GlcNetVariant.NoLocal);
        Assert.Contains("single pixel", Assert.Throws<ArgumentException>(() => method.call(batch)).Message);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_named()
    {
        var options = new GlcNetOptions { Temperature = 0, Lambda = 2, BoxSize = 7, BoxCount = 0, Channels = 0 };
        var message = Assert.Throws<ArgumentException>(() => new GlcNet(Trunks.Make("vil"), options)).Message;
        foreach (var name in new[] { "Temperature", "Lambda", "BoxSize", "BoxCount", "Channels" })
        {
            Assert.Contains(name, message);
        }
    }

    /// <summary>One entry of each family; all entries with SEGLSTM_SOAK=1.</summary>
    public static TheoryData<string> Entries
    {
        get
        {
            var soak = Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1";
            return [.. Catalog.List().Select(entry => entry.Name).DistinctBy(name => soak ? name : name.Split('_')[0])];
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void It_trains_every_backbone_of_the_catalog_to_its_last_layer(string entry)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var backbone = Catalog.Find(entry).CreateTiny().Backbone;
        var method = new GlcNet(new Trunk(backbone, 3), SmallMethods.GlcNet);
        var loss = method.call(TileViews.Batch(3));
        Assert.True(loss.Total.isfinite().item<bool>());
        loss.Total.backward();
        Assert.Empty(method.named_parameters().Where(pair => pair.parameter.grad is null).Select(pair => pair.name));
    }

    private static GlcNet Make(string trunk, GlcNetVariant variant) =>
        new(Trunks.Make(trunk), SmallMethods.GlcNet with { Variant = variant });
}
