using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Classification;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Classification;

public sealed class LabelledImagesTests : RasterFolder
{
    private static readonly BandStatistics Plain = new([0, 0, 0], [1, 1, 1]);

    [Fact]
    public void An_item_depends_on_seed_pass_and_index_only()
    {
        LabelledImage[] images = [.. Enumerable.Range(0, 3).Select(i =>
            new LabelledImage(FabricatedImages.Picture(At($"{i}.jpg"), i, 3, i, 40, 30), i))];
        LabelledImages first = Varied(images, 7), second = Varied(images, 7), other = Varied(images, 8);
        float[] item = Samples(first, 2, 1);
        Samples(second, 0, 0);
        Assert.Equal(item, Samples(second, 2, 1));
        Assert.NotEqual(item, Samples(other, 2, 1));
        Assert.NotEqual(item, Samples(first, 3, 1));
        Assert.All(item, sample => Assert.Equal(MathF.Round(sample), sample));
    }

    [Fact]
    public void Tests_see_the_middle_of_the_picture_at_the_square_s_side_or_all_of_it_stretched()
    {
        // Left, middle and right thirds of 20 x 60 in three levels: the middle fills the square.
        byte[] samples = [.. Enumerable.Range(0, 3 * 20 * 60).Select(i => (byte)(i % 60 / 20 * 100))];
        File.WriteAllBytes(At("a.png"), Png.Encode(samples, 3, 20, 60));
        LabelledImage[] images = [new(At("a.png"), 1)];
        using var middle = new LabelledImages(images, 20, ImageFit.CentreCrop, null, Plain);
        Assert.All(Samples(middle, 0, 0), sample => Assert.Equal(100, sample));
        using var all = new LabelledImages(images, 20, ImageFit.Stretch, null, Plain);
        float[] row = Samples(all, 0, 0)[..20];
        Assert.Equal((0, 100, 200), (row[0], row[10], row[19]));
    }

    [Fact]
    public void Grey_and_indexed_pictures_and_those_with_transparency_become_three_bands()
    {
        byte[] grey = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        File.WriteAllBytes(At("grey.jpg"), Jpeg.Encode(grey, 1, 16, 16, 100));
        File.WriteAllBytes(At("index.png"), Png.Encode(new byte[256], 1, 16, 16, [new Rgb(10, 20, 30), new Rgb(0, 0, 0)]));
        File.WriteAllBytes(At("clear.png"), Png.Encode([.. Enumerable.Range(0, 4 * 256).Select(i => (byte)(i / 256))], 4, 16, 16));
        using var images = new LabelledImages([new(At("grey.jpg"), 0), new(At("index.png"), 0), new(At("clear.png"), 0)], 16,
            ImageFit.Stretch, null, Plain);
        float[] item = Samples(images, 0, 0);
        Assert.Equal(item[..256], item[256..512]);
        Assert.Equal((10, 20, 30), (Samples(images, 0, 1)[0], Samples(images, 0, 1)[300], Samples(images, 0, 1)[700]));
        Assert.Equal((0, 1, 2), (Samples(images, 0, 2)[0], Samples(images, 0, 2)[300], Samples(images, 0, 2)[700]));
    }

    [Fact]
    public void A_picture_that_is_cut_off_or_none_is_told_by_its_name()
    {
        string whole = FabricatedImages.Picture(At("a.jpg"), 0, 2, 1, 200, 200);
        string cut = Truncate(whole, 0.5);
        File.WriteAllText(At("b.jpg"), "no picture");
        Noise("wide.tif", 8, 8, bands: 6);
        foreach (string path in new[] { cut, At("b.jpg"), At("wide.tif") })
        {
            using var images = new LabelledImages([new(path, 0)], 16, ImageFit.Stretch, null, Plain);
            Exception error = Assert.ThrowsAny<Exception>(() => images.GetTensor(0, 0));
            Assert.True(error is RasterException or InvalidDataException, $"{error}");
            Assert.Contains(Path.GetFileName(path), error.Message);
        }
    }

    private static LabelledImages Varied(LabelledImage[] images, long seed) =>
        new(images, 16, ImageFit.CentreCrop, new ImageAugmentation(), Plain, seed);

    private static float[] Samples(LabelledImages images, long epoch, long index)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> item = images.GetTensor(epoch, index);
        Assert.Equal(0, item["label"].dim());
        return item["image"].data<float>().ToArray();
    }
}
