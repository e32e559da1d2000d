using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Splits;

namespace SegLstm.Tests.Data.Hyperspectral;

/// <summary>Real scenes: read whole, with what is known of them.</summary>
public sealed class HyperspectralSamplesTests
{
    [Fact]
    public void The_crop_of_Houston_2018_is_read_with_its_finer_labels()
    {
        var scene = HyperspectralFile.Read(Path.Combine(SharedSamples.Folder("houston2018_crop"), "houston_dataset.mat"));
        scene.Validate();
        Assert.Equal((128, 128, 48, 12), (scene.Height, scene.Width, scene.Bands, scene.Classes));
        int[] counts = scene.CountLabels();
        // 96,185 of the finer labels, sixteen a pixel.
        Assert.InRange(scene.Pixels - counts[0], 5_500, 6_500);
        Assert.All(counts.Skip(1), count => Assert.True(count > 0));

        var random = SplitLeak.Of(PixelSplits.Random(scene, LabelBudget.Share(0.05), 1), 128, 128, 7);
        var disjoint = SplitLeak.Of(PixelSplits.Disjoint(scene, LabelBudget.Share(0.05), 7, 1, blockSize: 16), 128, 128, 7);
        Assert.True(random.OverlapShare > 0.8, $"{random.OverlapShare}");
        Assert.Equal(0, disjoint.OverlapShare);
    }

    [Fact]
    public void The_HYDICE_urban_crop_is_read_with_its_mask()
    {
        var scene = HyperspectralFile.Read(Path.Combine(SharedSamples.Folder("hydice_urban"), "HYDICE_data.mat"));
        Assert.Equal((100, 80, 162, 1), (scene.Height, scene.Width, scene.Bands, scene.Classes));
        Assert.InRange(scene.CountLabels()[1], 1, 100);
    }

    [Fact]
    public void The_labels_of_Pavia_University_have_the_counts_of_the_catalog()
    {
        var labels = LabelGrid.Read(Path.Combine(SharedSamples.Folder("paviau_gt"), "PaviaU_gt.mat"), null);
        Assert.Equal((610, 340), (labels.Height, labels.Width));
        Assert.Equal(HyperspectralCatalog.Find("paviau").ClassPixels, Enumerable.Range(1, 9)
            .Select(label => labels.Classes.Count(l => l == label)));
    }
}
