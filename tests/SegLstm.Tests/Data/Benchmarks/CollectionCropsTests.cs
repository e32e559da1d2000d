using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Benchmarks;

public sealed class CollectionCropsTests : RasterFolder
{
    private static readonly BandStatistics Plain = new([0, 0, 0], [1, 1, 1]);

    [Fact]
    public void Crops_repeat_by_seed_pass_and_index_on_any_thread()
    {
        using var scope = NewDisposeScope();
        var set = LoveDa.Open(FabricatedBenchmarks.LoveDa(At(".")));
        using var crops = new CollectionCrops(set, Split.Train, new CropOptions { Size = 16, Seed = 5 }, Plain);
        Assert.Equal(6, crops.Count);
        float[][] first = [.. Enumerable.Range(0, 24).Select(i => Read(crops, i / 6, i % 6))];
        float[][] second = new float[24][];
        Parallel.For(0, 24, i => second[23 - i] = Read(crops, (23 - i) / 6, (23 - i) % 6));
        Assert.Equal(first, second);
        Assert.Equal(24, first.Select(values => string.Join(' ', values.Take(40))).Distinct().Count());
        crops.Epoch = 2;
        Assert.Equal(first[13], crops.GetTensor(1)["image"].data<float>().ToArray());
    }

    [Fact]
    public void Without_variations_crops_are_pieces_of_the_files_with_their_labels()
    {
        using var scope = NewDisposeScope();
        var set = Isprs.OpenVaihingen(FabricatedBenchmarks.Vaihingen(At(".")));
        var options = new CropOptions { Size = 12, Patch = 14, Augmentation = AugmentationOptions.None };
        using var crops = new CollectionCrops(set, Split.Train, options, Plain);
        int patches = set.Of(Split.Train).Sum(item =>
        {
            var scene = set.LoadArrays(item);
            return (scene.Height + 13) / 14 * ((scene.Width + 13) / 14);
        });
        Assert.Equal(patches, crops.Count);
        var first = set.LoadArrays(set.Of(Split.Train)[0]);
        var tile = crops.GetTensor(0, 0);
        float[] image = tile["image"].data<float>().ToArray();
        long[] label = tile["label"].data<long>().ToArray();
        // It lies in the first patch of 14 x 14, so at one of 3 x 3 places.
        Assert.Contains(Enumerable.Range(0, 9), place => Enumerable.Range(0, 144).All(i =>
        {
            int at = (place / 3 + i / 12) * first.Width + place % 3 + i % 12;
            return label[i] == first.Labels![at]
                && Enumerable.Range(0, 3).All(band => image[band * 144 + i] == first.Image[band * first.Pixels + at]);
        }));
    }

    [Fact]
    public void Crops_are_to_the_last_bit_those_of_tiles_that_are_read_and_resized_whole()
    {
        using var scope = NewDisposeScope();
        var set = Isprs.OpenPotsdam(FabricatedBenchmarks.Potsdam(At("."), side: 96));
        var tiles = set.Of(Split.Train);
        foreach (int patch in new[] { 0, 40 })
        {
            var options = new CropOptions { Size = 24, Patch = patch, Seed = 3 };
            using var crops = new CollectionCrops(set, Split.Train, options, Plain);
            int patches = (int)crops.Count / tiles.Count;
            for (int index = 0; index < crops.Count; index += patch == 0 ? 1 : 7)
            {
                var tile = set.LoadArrays(tiles[index / patches]);
                Window window = CollectionPatches.Windows(96, 96, patch == 0 ? 96 : patch).ElementAt(index % patches);
                var (image, label) = WholeTileCrop(tile, window, options, index);
                var crop = crops.GetTensor(2, index);
                Assert.Equal(label, crop["label"].data<long>().ToArray());
                Assert.Equal(image, crop["image"].data<float>().ToArray());
            }
        }
    }

    [Fact]
    public void The_memory_that_a_crop_takes_does_not_grow_with_the_tile()
    {
        using var scope = NewDisposeScope();
        Directory.CreateDirectory(At("top"));
        const int side = 1500;
        FabricatedBenchmarks.Picture(At("top/top_mosaic_09cm_area1.tif"), side, side, 3, 1);
        // One class: all tries for a better crop are made.
        FabricatedBenchmarks.Colors(At("top_mosaic_09cm_area1.tif"), side, side, [new(0, 0, 255)]);
        var set = Isprs.OpenVaihingen(At("."));
        using var crops = new CollectionCrops(set, Split.Train, new CropOptions { Size = 64 }, Plain);
        crops.GetTensor(0, 0);
        for (int epoch = 1; epoch < 12; epoch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            crops.GetTensor(epoch, 0);
            // The tile's labels alone would be 9 MB.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2 << 20);
        }
    }

    [Fact]
    public void What_lies_beyond_a_small_image_is_the_mean_and_ignored()
    {
        using var scope = NewDisposeScope();
        var set = LoveDa.Open(FabricatedBenchmarks.LoveDa(At("."), side: 10));
        var options = new CropOptions { Size = 16, Augmentation = AugmentationOptions.None };
        using var crops = new CollectionCrops(set, Split.Train, options, new BandStatistics([50, 60, 70], [2, 2, 2]));
        var tile = crops.GetTensor(0, 0);
        Assert.Equal(0, tile["image"].narrow(1, 10, 6).abs().max().item<float>());
        Assert.Equal(0, tile["image"].narrow(2, 10, 6).abs().max().item<float>());
        Assert.True(tile["label"].narrow(0, 10, 6).eq(255).all().item<bool>());
        Assert.Equal((set.LoadArrays(set.Items[0]).Image[0] - 50) / 2, tile["image"][0, 0, 0].item<float>());
    }

    [Fact]
    public void Whole_images_are_filled_up_to_what_backbones_take()
    {
        using var scope = NewDisposeScope();
        var set = Isprs.OpenVaihingen(FabricatedBenchmarks.Vaihingen(At(".")));
        using var images = new CollectionImages(set, set.Of(Split.Test), 0, Plain);
        long counted = 0;
        for (int i = 0; i < images.Count; i++)
        {
            var tile = images.GetTensor(0, i);
            Assert.All(tile["label"].shape, side => Assert.Equal(0, side % 32));
            counted += tile["label"].ne(255).sum().item<long>();
        }

        Assert.Equal(set.Of(Split.Test).Sum(item => (long)set.LoadArrays(item).Pixels), counted);
    }

    [Fact]
    public void A_split_without_labels_and_options_that_cannot_be_used_are_refused()
    {
        var set = LoveDa.Open(FabricatedBenchmarks.LoveDa(At(".")));
        Assert.Contains("4 of them without labels", Assert.Throws<ArgumentException>(
            () => new CollectionCrops(set, Split.Test, new CropOptions { Size = 8 }, Plain)).Message);
        Assert.Contains("Size is 0", Assert.Throws<ArgumentException>(
            () => new CollectionCrops(set, Split.Train, new CropOptions { Size = 0 }, Plain)).Message);
    }

    // Many more files than stay open, read by several threads.
    [Fact]
    public void Files_are_closed_and_opened_again_without_harm()
    {
        var set = LoveDa.Open(FabricatedBenchmarks.LoveDa(At("."), train: 60, side: 8));
        using var crops = new CollectionCrops(set, Split.Train, new CropOptions { Size = 8 }, Plain);
        float[][] once = [.. Enumerable.Range(0, 120).Select(i => Read(crops, 0, i))];
        Parallel.For(0, 480, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => Assert.Equal(once[i * 7 % 120], Read(crops, 0, i * 7 % 120)));
    }

    // As mmsegmentation goes about it, for pass 2.
    private static (float[] Image, long[] Label) WholeTileCrop(SceneArrays tile, Window window, CropOptions options, int index)
    {
        var seeds = new SeedStreams(options.Seed);
        ByteImage image = new ByteImage([.. tile.Image.Select(sample => (byte)sample)], 3, tile.Height, tile.Width).Crop(window),
            labels = new ByteImage(tile.Labels!, 1, tile.Height, tile.Width).Crop(window);
        double ratio = 0.5 + 1.5 * seeds.Draw("resize", 2, index).NextDouble();
        int side = (int)(window.Width * ratio + 0.5), size = Math.Min(options.Size, side);
        int[] sources = NearestSources.Of(window.Width, side);
        var span = new ResizedSpan(window.Width, side, 0, side);
        image = LinearResize.Part(image, 0, 0, span, span);
        labels = new ByteImage([.. sources.SelectMany(y => sources.Select(x => labels.Samples[y * window.Width + x]))], 1, side, side);
        Random random = seeds.Draw("crop", 2, index);
        Window place = default;
        for (int attempt = 0; attempt <= 10; attempt++)
        {
            int top = random.Next(side - size + 1);
            place = new Window(random.Next(side - size + 1), top, size, size);
            int[] counts = [.. labels.Crop(place).Samples.GroupBy(label => label).Select(group => group.Count())];
            if (counts.Length > 1 && counts.Max() < 0.75 * size * size) break;
        }

        (image, labels) = (image.Crop(place), labels.Crop(place));
        if (seeds.Draw("flip", 2, index).NextDouble() < 0.5)
        {
            for (int row = 0; row < 3 * size; row++) image.Samples.AsSpan(row * size, size).Reverse();
            for (int row = 0; row < size; row++) labels.Samples.AsSpan(row * size, size).Reverse();
        }

        PhotometricDistortion.Apply(image, [0, 1, 2], seeds.Draw("photometric", 2, index));
        float[] values = new float[3 * options.Size * options.Size];
        long[] label = new long[options.Size * options.Size];
        Array.Fill(label, 255);
        for (int row = 0; row < 3 * size; row++)
        {
            for (int x = 0; x < size; x++)
            {
                values[(row / size * options.Size + row % size) * options.Size + x] = image.Samples[row * size + x];
                if (row < size) label[row * options.Size + x] = labels.Samples[row * size + x];
            }
        }

        return (values, label);
    }

    private static float[] Read(CollectionCrops crops, long epoch, long index)
    {
        using var scope = NewDisposeScope();
        return crops.GetTensor(epoch, index)["image"].data<float>().ToArray();
    }
}
