using SegLstm.Data;
using SegLstm.Data.Classification;
using SegLstm.Tests.Data.Rasters;

namespace SegLstm.Tests.Data.Classification;

public sealed class ImageSetTests : RasterFolder
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, "ILSVRC/Data/CLS-LOC")]
    public void ImageNet_is_read_from_class_folders_and_flat_with_Kaggles_list(bool flat, string below)
    {
        ImageSet set = ImageNetFolders.Open(FabricatedImages.ImageNet(At("."), flat, below));
        Assert.Equal(FabricatedImages.Synsets, set.ClassNames);
        Assert.Equal((12, 6, 0), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count, set.Of(Split.Test).Count));
        Assert.Equal([0, 0, 1, 1, 2, 2], set.Of(Split.Validation).Select(image => image.Label));
        Assert.All(set.Of(Split.Train), image => Assert.Contains(FabricatedImages.Synsets[image.Label], image.Path));
    }

    [Fact]
    public void Folders_of_classes_keep_their_splits_and_without_any_are_divided_class_by_class_always_alike()
    {
        ImageSet given = ImageFolders.Open(FabricatedImages.Folders(At("given"), ["train", "val", "test"], count: 3));
        Assert.Equal((6, 6, 6), (given.Of(Split.Train).Count, given.Of(Split.Validation).Count, given.Of(Split.Test).Count));
        ImageSet divided = ImageFolders.Open(FabricatedImages.Folders(At("divided"), [""], count: 20));
        Assert.Equal((28, 4, 8), (divided.Of(Split.Train).Count, divided.Of(Split.Validation).Count, divided.Of(Split.Test).Count));
        Assert.Equal(40, Enum.GetValues<Split>().SelectMany(divided.Of).Select(image => image.Path).Distinct().Count());
        Assert.Equal(divided.Of(Split.Test), ImageFolders.Open(At("divided")).Of(Split.Test));
        Assert.Equal(["bright", "dark"], divided.ClassNames);
    }

    [Fact]
    public void A_wrong_folder_is_told_with_what_it_holds_and_what_is_expected()
    {
        Directory.CreateDirectory(At("holiday"));
        foreach (Func<string, ImageSet> open in new[] { ImageNetFolders.Open, root => Vtab.Open(root, Vtab.Find("cifar")) })
        {
            string message = Assert.Throws<DirectoryNotFoundException>(() => open(At("."))).Message;
            Assert.Contains("it holds holiday. Expected", message);
            Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => open(At("absent"))).Message);
        }

        Assert.Contains("'holiday' has no pictures", Assert.Throws<FileNotFoundException>(() => ImageFolders.Open(At("."))).Message
            .Replace(At(".") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(
                Path.GetFullPath(At(".")) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_from_ImageNet_is_told_together()
    {
        FabricatedImages.ImageNet(At("."), flat: true);
        File.Delete(At("val/ILSVRC2012_val_00000000.JPEG"));
        FabricatedImages.Picture(At("val/ILSVRC2012_val_00000099.JPEG"), 0, 3, 1);
        Directory.CreateDirectory(At("train/cats"));
        string message = Assert.Throws<FileNotFoundException>(() => ImageNetFolders.Open(At("."))).Message;
        Assert.Contains("cats' is no class of ImageNet", message);
        Assert.Contains("cats' has no pictures", message);
        Assert.Contains("ILSVRC2012_val_00000099.JPEG' is not in LOC_val_solution.csv", message);
        Assert.Contains("lacks 1 pictures that LOC_val_solution.csv names, such as ILSVRC2012_val_00000000.JPEG", message);
        File.Delete(At("LOC_val_solution.csv"));
        Assert.Contains("sort its pictures into folders named by synset, or put Kaggle's file there",
            Assert.Throws<FileNotFoundException>(() => ImageNetFolders.Open(At("."))).Message);
    }

    [Fact]
    public void A_class_that_validates_but_is_never_learnt_is_told()
    {
        FabricatedImages.Folders(At("."), ["train", "val"], count: 1);
        FabricatedImages.Picture(At("val/pale/0.png"), 1, 2, 1);
        Assert.Contains("pale' is a class that no training folder has",
            Assert.Throws<FileNotFoundException>(() => ImageFolders.Open(At("."))).Message);
    }
}
