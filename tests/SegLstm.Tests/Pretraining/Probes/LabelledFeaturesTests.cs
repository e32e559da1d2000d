using SegLstm.Data;
using SegLstm.Pretraining.Probes;
using SegLstm.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class LabelledFeaturesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_tile_has_the_mean_of_its_features_and_the_class_of_most_of_its_pixels(int batch)
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(40, 48);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(40, 48, Split.Train), Split.Train, new TileOptions { Size = 16 });
        using var features = LabelledFeatures.Of(x => x * 2, tiles, 3, batch: batch);
        Assert.Equal([tiles.Count, 2], features.Features.shape);
        for (int i = 0; i < tiles.Count; i++)
        {
            var tile = tiles.GetTensor(i);
            Assert.Equal(2 * tile["image"][1].to_type(ScalarType.Float64).mean().item<double>(), features.Features[i][1].item<double>(), 1e-6);
            long[] counts = [.. Enumerable.Range(0, 3).Select(c => tile["label"].eq(c).sum().item<long>())];
            Assert.Equal(counts.Max(), counts[features.Labels[i]]);
        }

        Assert.Equal(Enumerable.Range(0, (int)tiles.Count).Select(i => (long)i), features.Items);
    }

    [Fact]
    public void Tiles_without_a_label_are_named_and_left_out()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(16, 48);
        using var tiles = new Partly(scene);
        using var features = LabelledFeatures.Of(x => x.mean([2L, 3L]), tiles, 3, batch: 2);
        Assert.Equal([0, 2], features.Items);
        Assert.Equal([1], features.Unlabelled);
        Assert.Equal([2, 2], features.Features.shape);
    }

    [Fact]
    public void Features_and_labels_of_another_form_are_refused()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Scenes.Stripes(16, 48);
        using var tiles = new Partly(scene);
        Assert.Contains("expected (N, D, h, w)", Message(() => LabelledFeatures.Of(x => x[0], tiles, 3)));
        Assert.Contains("expected 0 to 0, or 255", Message(() => LabelledFeatures.Of(x => x, tiles, 1)));
        Assert.Contains("3 labels for features (2, 4)", Message(() => new LabelledFeatures(ones(2, 4), [0, 0, 0], 1)));
        Assert.Contains("There is the label 2", Message(() => new LabelledFeatures(ones(2, 4), [0, 2], 2)));

        static string Message(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }

    /// <summary>Three tiles side by side, the middle one without labels.</summary>
    private sealed class Partly(Scene scene) : utils.data.Dataset
    {
        public override long Count => 3;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            Tensor label = scene.Label!.narrow(1, 16 * index, 16).clone();
            return new() { ["image"] = scene.Image.narrow(2, 16 * index, 16), ["label"] = index == 1 ? label.fill_(255) : label };
        }
    }
}
