using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Rasters;

namespace SegLstm.Tests.Data.Benchmarks;

public sealed class BenchmarkFaultTests : RasterFolder
{
    public static TheoryData<string> Collections =>
        [.. BenchmarkCatalog.Entries.Select(entry => entry.Name).Where(name => name != "folders")];

    [Theory]
    [MemberData(nameof(Collections))]
    public void A_wrong_folder_is_told_with_what_it_holds_and_what_is_expected(string name)
    {
        Directory.CreateDirectory(At("holiday"));
        string message = Assert.Throws<DirectoryNotFoundException>(() => BenchmarkCatalog.Find(name).Open(At("."))).Message;
        Assert.Contains("it holds holiday", message, StringComparison.Ordinal);
        Assert.Contains("Expected", message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(
            () => BenchmarkCatalog.Find(name).Open(At("absent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_above_the_right_one_is_told_with_the_right_one()
    {
        FabricatedBenchmarks.LoveDa(At("data/LoveDA"));
        string message = Assert.Throws<DirectoryNotFoundException>(() => LoveDa.Open(At("data"))).Message;
        Assert.Contains($"Did you mean '{Path.GetFullPath(At("data/LoveDA"))}'?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_told_together_whichever_half_is_missing()
    {
        FabricatedBenchmarks.Potsdam(At("."));
        foreach (string tile in new[] { "2_10", "2_11", "2_12", "3_10" }) File.Delete(At($"5_Labels_all/top_potsdam_{tile}_label.tif"));
        File.Delete(At("2_Ortho_RGB/top_potsdam_7_13_RGB.tif"));
        string message = Assert.Throws<FileNotFoundException>(() => Isprs.OpenPotsdam(At("."))).Message;
        Assert.Contains("top_potsdam_2_10_RGB.tif' has no labels: expected", message, StringComparison.Ordinal);
        Assert.Contains("And 2 more", message, StringComparison.Ordinal);
        Assert.Contains("seglstm data check", message, StringComparison.Ordinal);
        Assert.Equal(5, Isprs.ScanPotsdam(At("."), false, default, null).Faults.Count);
        Assert.Contains(Isprs.ScanPotsdam(At("."), false, default, null).Faults,
            fault => fault.Contains("7_13_label.tif' has no image", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_of_another_data_set_is_told()
    {
        FabricatedBenchmarks.Potsdam(At("."));
        FabricatedBenchmarks.Picture(At("2_Ortho_RGB/top_potsdam_9_99_RGB.tif"), 4, 4, 3, 1);
        Assert.Contains("top_potsdam_9_99_RGB.tif' is no image of this data set",
            Assert.Throws<FileNotFoundException>(() => Isprs.OpenPotsdam(At("."))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_off_the_palette_is_told_with_its_place_and_the_known_ones()
    {
        FabricatedBenchmarks.Vaihingen(At("."));
        FabricatedBenchmarks.Colors(At("top_mosaic_09cm_area1.tif"), 19, 25, [new(255, 255, 255), new(1, 2, 3)]);
        var set = Isprs.OpenVaihingen(At("."));
        string message = Assert.Throws<InvalidDataException>(() =>
            set.LoadArrays(set.Items.Single(item => item.Name.EndsWith("area1", StringComparison.Ordinal)))).Message;
        Assert.Contains("#010203 at column 13, row 0", message, StringComparison.Ordinal);
        Assert.Contains("known are #FFFFFF, #0000FF", message, StringComparison.Ordinal);
        Assert.Contains("Is it a label file of this data set", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_image_is_told_as_such()
    {
        FabricatedBenchmarks.LoveDa(At("."), side: 64);
        string image = At("Train/Urban/images_png/0.png");
        File.WriteAllBytes(image, File.ReadAllBytes(image)[..2000]);
        var set = LoveDa.Open(At("."));
        var error = Assert.Throws<RasterException>(() => set.LoadArrays(set.Items[0]));
        Assert.Contains("0.png", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Error, new[] { RasterError.Damaged, RasterError.BadHeader, RasterError.ImplausibleSize });
    }

    [Fact]
    public void Labels_of_another_size_and_images_of_other_bands_are_told()
    {
        FabricatedBenchmarks.LoveDa(At("."));
        FabricatedBenchmarks.Numbers(At("Train/Urban/masks_png/0.png"), 16, 32, 8);
        FabricatedBenchmarks.Picture(At("Train/Urban/images_png/1.png"), 32, 32, 4, 1);
        var set = LoveDa.Open(At("."));
        Assert.Contains("32x16, its image 32x32", Assert.Throws<InvalidDataException>(() => set.LoadArrays(set.Items[0])).Message,
            StringComparison.Ordinal);
        Assert.Contains("has 4 bands; LoveDA has 3", Assert.Throws<InvalidDataException>(() => set.LoadArrays(set.Items[1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_a_data_set_does_not_have_is_refused()
    {
        FabricatedBenchmarks.LoveDa(At("."));
        Assert.Contains("loveda has no choice of ErodedBorders: expected Domain", Assert.Throws<ArgumentException>(
            () => BenchmarkCatalog.Find("loveda").Open(At("."), new CollectionOptions { ErodedBorders = true })).Message,
                StringComparison.Ordinal);
        Assert.Contains("set CollectionOptions.Folders",
            Assert.Throws<ArgumentException>(() => BenchmarkCatalog.Find("folders").Open(At("."))).Message, StringComparison.Ordinal);
        Assert.Contains("the collections are loveda, potsdam", Assert.Throws<KeyNotFoundException>(() => BenchmarkCatalog.Find("lovda"))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_that_cannot_be_used_is_told_whole()
    {
        var layout = new FolderLayout { Name = "mine", Classes = ["water", "tree #00FF00", "tree #0000FF"],
            Ignored = ["#00ff00", "black"] };
        string message = Assert.Throws<ArgumentException>(() => FolderCollection.Open(At("."), layout)).Message;
        foreach (string part in new[] { "'water': expected a name and a colour", "'black'", "#00FF00 twice", "'tree' twice" })
            Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
