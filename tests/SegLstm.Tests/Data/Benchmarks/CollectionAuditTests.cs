using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Tests.Data.Rasters;

namespace SegLstm.Tests.Data.Benchmarks;

public sealed class CollectionAuditTests : RasterFolder
{
    [Fact]
    public void A_whole_collection_has_the_published_counts_and_no_fault()
    {
        var audit = CollectionAudit.Of(BenchmarkCatalog.Find("vaihingen"), FabricatedBenchmarks.Vaihingen(At(".")));
        Assert.Equal([(Split.Train, 16, 16, 16), (Split.Test, 17, 17, 17)],
            audit.Counts.Select(c => (c.Split, c.Found, c.Labelled, c.Published ?? 0)));
        Assert.Empty(audit.Faults);
        Assert.Empty(audit.Remarks);
        Assert.Equal(33, audit.Sizes.Sum(size => size.Images));
        Assert.Equal(audit.Sizes.Sum(size => (long)size.Height * size.Width * size.Images), audit.Pixels.Sum());
        Assert.All(audit.Pixels.Take(6), count => Assert.True(count > 0));
    }

    [Fact]
    public void Everything_that_is_wrong_is_listed()
    {
        FabricatedBenchmarks.LoveDa(At("."));
        File.Delete(At("Train/Urban/masks_png/0.png"));
        FabricatedBenchmarks.Numbers(At("Train/Urban/masks_png/1.png"), 32, 32, 9);
        File.WriteAllBytes(At("Train/Urban/images_png/2.png"), File.ReadAllBytes(At("Train/Urban/images_png/2.png"))[..1500]);
        FabricatedBenchmarks.Numbers(At("Val/Rural/masks_png/999.png"), 32, 32, 8);
        var audit = CollectionAudit.Of(BenchmarkCatalog.Find("loveda"), At("."));
        foreach (string part in new[] { "0.png' has no labels", "the label 8", "2.png'", "999.png' has no image" })
            Assert.Contains(audit.Faults, fault => fault.Contains(part, StringComparison.Ordinal));
        Assert.Equal(4, audit.Faults.Count);
        Assert.Contains("Train has 6 images; 2522 were published", audit.Remarks);
        Assert.Contains(audit.Remarks, remark => remark.EndsWith("32x32; published are 1024x1024", StringComparison.Ordinal));
        Assert.Equal((Split.Test, 4, 0, 1796), audit.Counts.Select(c => (c.Split, c.Found, c.Labelled, c.Published ?? 0)).Last());
    }

    [Fact]
    public void Windows_that_were_cut_are_not_compared_with_tiles()
    {
        var audit = CollectionAudit.Of(BenchmarkCatalog.Find("potsdam"), FabricatedBenchmarks.Flattened(At("."), 6));
        Assert.Empty(audit.Remarks);
        Assert.Empty(audit.Faults);
    }

    [Fact]
    public void The_real_Dubai_tiles_have_no_fault()
    {
        var audit = CollectionAudit.Of(BenchmarkCatalog.Find("dubai"), SharedSamples.Folder("dubai"));
        Assert.Empty(audit.Faults);
        Assert.Equal(27, audit.Counts.Sum(c => c.Labelled));
        Assert.Equal(18_067_885, audit.Pixels.Sum());
    }
}
