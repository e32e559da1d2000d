using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Tests.Data.Benchmarks;

public sealed class BenchmarkLayoutTests : RasterFolder
{
    [Fact]
    public void Potsdam_has_24_training_and_14_test_tiles_with_either_labels_and_any_bands()
    {
        FabricatedBenchmarks.Potsdam(At("."));
        FabricatedBenchmarks.Potsdam(At("."), "4_Ortho_RGBIR");
        var all = Isprs.OpenPotsdam(At("."));
        Assert.Equal((24, 14), (all.Of(Split.Train).Count, all.Of(Split.Test).Count));
        Assert.Equal(["2_10", "2_11", "2_12", "3_10"], all.Of(Split.Train).Take(4).Select(item => item.Name["top_potsdam_".Length..]));
        Assert.Equal(4, all.BandNames.Count);
        var eroded = Isprs.OpenPotsdam(At("."), erodedBorders: true, images: "2_Ortho_RGB");
        Assert.Equal(["red", "green", "blue"], eroded.BandNames);
        Assert.Contains((byte)255, eroded.LoadArrays(eroded.Items[0]).Labels!);
        Assert.DoesNotContain((byte)255, all.LoadArrays(all.Items[0]).Labels!);
    }

    [Fact]
    public void Vaihingen_has_16_training_and_17_test_areas_and_leaves_area_9_out()
    {
        var set = Isprs.OpenVaihingen(FabricatedBenchmarks.Vaihingen(At(".")));
        Assert.Equal((16, 17), (set.Of(Split.Train).Count, set.Of(Split.Test).Count));
        Assert.DoesNotContain(set.Items, item => item.Name.EndsWith("area9", StringComparison.Ordinal));
        Assert.Equal("near infrared", set.BandNames[0]);
    }

    [Theory]
    [InlineData("loveda", 7, "")]
    [InlineData("potsdam", 6, "rgb")]
    [InlineData("potsdam", 6, "")]
    [InlineData("vaihingen", 6, "irrg")]
    public void The_flattening_of_mmsegmentation_is_read_with_labels_from_one(string name, int classes, string below)
    {
        var set = BenchmarkCatalog.Find(name).Open(FabricatedBenchmarks.Flattened(At("."), classes, below));
        // Without a validation split of its own, a data set's "val" is its published test.
        Assert.Equal((4, 2), (set.Of(Split.Train).Count, set.Of(name == "loveda" ? Split.Validation : Split.Test).Count));
        byte[] labels = set.LoadArrays(set.Items[0]).Labels!;
        byte[] all = [.. Enumerable.Range(0, classes).Select(c => (byte)c), 255];
        Assert.Equal(all, labels.Distinct().Order().ToArray());
        Assert.Equal(255, labels[0]);
        Assert.Equal(classes - 1, labels[23]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ADEChallengeData2016")]
    public void ADE20K_has_150_classes_from_one_and_ignores_the_rest(string below)
    {
        foreach ((string part, int count) in new[] { ("training", 3), ("validation", 2) })
        {
            string images = Directory.CreateDirectory(At(Path.Combine(below, "images", part))).FullName,
                labels = Directory.CreateDirectory(At(Path.Combine(below, "annotations", part))).FullName;
            for (int i = 0; i < count; i++)
            {
                byte[] noise = new byte[3 * 16 * 151];
                new Random(i).NextBytes(noise);
                File.WriteAllBytes(Path.Combine(images, $"ADE_{part}_{i}.jpg"), Jpeg.Encode(noise, 3, 16, 151));
                FabricatedBenchmarks.Numbers(Path.Combine(labels, $"ADE_{part}_{i}.png"), 16, 151, 151);
            }
        }

        RasterCollection set = BenchmarkCatalog.Find("ade20k").Open(At("."));
        Assert.Equal((3, 2), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count));
        Assert.Equal((150, "wall", "person", "flag"), (set.Legend.Count, set.Legend.Names[0], set.Legend.Names[12], set.Legend.Names[149]));
        byte[] row = set.LoadArrays(set.Items[0]).Labels![..151];
        Assert.Equal([255, .. Enumerable.Range(0, 150).Select(label => (byte)label)], row);
        string other = At(Path.Combine(below, "annotations", "training", "ADE_training_1.png"));
        FabricatedBenchmarks.Numbers(other, 16, 151, 200);
        Assert.Contains("known are 0 (no data) to 150", Assert.Throws<InvalidDataException>(() => set.LoadArrays(set.Items[1])).Message);
    }

    [Fact]
    public void Both_orders_of_the_ISPRS_classes_mean_the_same_pixels()
    {
        FabricatedBenchmarks.Vaihingen(At("a"));
        FabricatedBenchmarks.Flattened(At("b"), 6);
        foreach (string root in new[] { At("a"), At("b") })
        {
            var (ours, torchgeo) = (Isprs.OpenVaihingen(root), Isprs.OpenVaihingen(root, order: ClassOrder.Torchgeo));
            Assert.Equal("impervious surface", ours.Legend.Names[0]);
            Assert.Equal(["clutter", "impervious surface", "building", "low vegetation", "tree", "car"], torchgeo.Legend.Names);
            byte[] first = ours.LoadArrays(ours.Items[0]).Labels!, second = torchgeo.LoadArrays(torchgeo.Items[0]).Labels!;
            Assert.Equal(first, second.Select(c => c == 255 ? (byte)255 : (byte)ours.Legend.IndexOf(torchgeo.Legend.Names[c])));
            Assert.NotEqual(first, second);
        }
    }

    [Fact]
    public void The_challenges_DeepGlobe_has_masks_for_training_only_and_their_samples_are_rounded()
    {
        var set = DeepGlobe.Open(FabricatedBenchmarks.DeepGlobeChallenge(At(".")));
        Assert.Equal((3, 3, 3), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count, set.Of(Split.Test).Count));
        Assert.All(set.Items, item => Assert.Equal(item.Split == Split.Train, item.LabelPath is not null));
        Assert.Equal([0, 5, 255], set.LoadArrays(set.Of(Split.Train)[0]).Labels!.Distinct());
    }

    [Fact]
    public void Folders_of_your_own_are_split_by_the_beginnings_of_names_and_take_colour_tables()
    {
        var layout = FolderCollection.Dubai with { Validation = ["Tile 2/"], Test = ["Tile 3/"] };
        for (int tile = 1; tile <= 3; tile++)
        {
            Directory.CreateDirectory(At($"Tile {tile}/images"));
            Directory.CreateDirectory(At($"Tile {tile}/masks"));
            FabricatedBenchmarks.Picture(At($"Tile {tile}/images/image_part_001.png"), 6, 8, 3, tile);
            byte[] table = Png.Encode([.. Enumerable.Range(0, 48).Select(i => (byte)(i % 3))], 1, 6, 8,
                [Rgb.FromHex(0xE2A929), Rgb.FromHex(0x9B9B9B), Rgb.FromHex(0x3C1098)]);
            File.WriteAllBytes(At($"Tile {tile}/masks/image_part_001.png"), table);
        }

        var set = FolderCollection.Open(At("."), layout);
        Assert.Equal(["Tile 1/image_part_001", "Tile 2/image_part_001", "Tile 3/image_part_001"], set.Items.Select(item => item.Name));
        Assert.Equal([Split.Train, Split.Validation, Split.Test], set.Items.Select(item => item.Split));
        Assert.Equal([4, 255, 0, 4], set.LoadArrays(set.Items[0]).Labels![..4]);
    }

    [Fact]
    public void The_real_Dubai_tiles_open_with_every_colour_known()
    {
        var set = BenchmarkCatalog.Find("dubai").Open(SharedSamples.Folder("dubai"));
        Assert.Equal((15, 6, 6), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count, set.Of(Split.Test).Count));
        long[] pixels = new long[256];
        foreach (var item in set.Of(Split.Validation)) foreach (byte label in set.LoadArrays(item).Labels!) pixels[label]++;
        Assert.All(pixels[..5], count => Assert.True(count > 10_000));
        Assert.InRange(pixels[255] / (double)pixels.Sum(), 0.02, 0.03);
    }

    [Fact]
    public void The_real_tile_of_Potsdam_opens_under_the_published_names()
    {
        string tile = SharedSamples.Folder("potsdam_tile");
        Directory.CreateDirectory(At("4_Ortho_RGBIR"));
        File.Copy(Path.Combine(tile, "top_potsdam_2_10_RGBIR__36.tif"), At("4_Ortho_RGBIR/top_potsdam_2_10_RGBIR.tif"));
        File.Copy(Path.Combine(tile, "top_potsdam_2_10_RGBIR__36_label.tif"), At("top_potsdam_2_10_label.tif"));
        var set = Isprs.OpenPotsdam(At("."));
        var scene = set.LoadArrays(set.Items[0]);
        Assert.Equal((256, 256, 4), (scene.Height, scene.Width, scene.Bands));
        Assert.All(scene.Labels!, label => Assert.True(label < 6));
    }

    // Each tile of Potsdam is 6000 x 6000.
    [Fact]
    public void Potsdam_gives_as_many_windows_of_512_as_mmsegmentations_converter()
    {
        int tile = CollectionPatches.Windows(6000, 6000, 512).Count();
        Assert.Equal((144, 3456, 2016), (tile, 24 * tile, 14 * tile));
        Assert.Equal(144, CollectionPatches.Windows(6000, 6000, 512).Distinct().Count());
        Assert.All(CollectionPatches.Windows(6000, 6000, 512),
            window => Assert.True(window is { Width: 512, Height: 512 } && window.IsWithin(6000, 6000)));
    }

    // The shortest and the longest side that Vaihingen's tiles have; its published 344 and 398 windows need all tiles' sizes, which no
    // source at hand has.
    [Fact]
    public void Windows_of_512_cover_a_tile_of_any_size_and_the_last_ones_are_pulled_back_to_its_edge()
    {
        Window[] windows = [.. CollectionPatches.Windows(1281, 3816, 512)];
        Assert.Equal((3 * 8, 24), (windows.Length, windows.Distinct().Count()));
        Assert.All(windows, window => Assert.True(window is { Width: 512, Height: 512 } && window.IsWithin(3816, 1281)));
        Assert.Equal((3816 - 512, 1281 - 512), (windows.Max(window => window.X), windows.Max(window => window.Y)));
        Assert.Equal(new SlidingWindows(3816, 1281, 512, 0).Count, windows.Length);
    }
}
