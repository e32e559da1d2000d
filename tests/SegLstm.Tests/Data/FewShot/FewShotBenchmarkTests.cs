using System.Text;
using SegLstm.Data.FewShot;
using SegLstm.Tests.Checkpoints.Pth;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.FewShot;

public class FewShotBenchmarkTests
{
    [Fact]
    public void Pascals_folds_share_no_class_and_cover_all()
    {
        var pascal = new Pascal5i("images", "lists");
        Assert.Equal([5, 6, 7, 8, 9], pascal.TestClasses(1));
        Assert.Equal(Enumerable.Range(0, 20), Enumerable.Range(0, 4).SelectMany(pascal.TestClasses));
        Assert.Equal(20, pascal.ClassNames.Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => pascal.TestClasses(4));
    }

    [Fact]
    public void Cocos_folds_take_every_fourth_class()
    {
        var coco = new Coco20i("images", "lists");
        Assert.Equal([2, 6, 10], coco.TestClasses(2).Take(3));
        Assert.Equal(Enumerable.Range(0, 80), Enumerable.Range(0, 4).SelectMany(coco.TestClasses).Order());
        Assert.Equal(80, coco.ClassNames.Distinct().Count());
    }

    [Fact]
    public void A_test_of_pascal_has_1000_episodes_whatever_the_lists_length()
    {
        using var folder = new FewShotFolder();
        folder.Text("2007_000033__06\n2007_000061__09\n2008_000002__06\n", "lists", "val", "fold1.txt");
        IReadOnlyList<FewShotEpisode> test = new Pascal5i(folder["voc"], folder["lists"]).Test(1);
        Assert.Equal(1000, test.Count);
        Assert.Equal((5, "bus"), (test[999].ClassId, test[999].ClassName));
        Assert.Equal(folder["voc", "JPEGImages", "2007_000061.jpg"], test[1].Image);
        Assert.Equal(folder["voc", "SegmentationClassAug", "2007_000061.png"], test[1].Mask);
    }

    [Fact]
    public void Pascals_training_is_the_other_folds_lists()
    {
        using var folder = new FewShotFolder();
        for (var fold = 0; fold < 4; fold++)
        {
            folder.Text($"image{fold}__{(5 * fold) + 2:00}\n", "lists", "trn", $"fold{fold}.txt");
        }

        Assert.Equal([1, 6, 16], new Pascal5i(folder["voc"], folder["lists"]).Training(2).Select(episode => episode.ClassId));
    }

    [Theory]
    [InlineData("image_05")]
    [InlineData("image__11")]
    [InlineData("image__x")]
    public void A_line_that_is_no_episode_of_the_fold_is_refused(string line)
    {
        using var folder = new FewShotFolder();
        folder.Text($"image__06\n{line}\n", "lists", "val", "fold1.txt");
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => new Pascal5i("voc", folder["lists"]).Test(1)).Message);
        Assert.Contains("data/splits", Assert.Throws<FileNotFoundException>(() => new Pascal5i("voc", folder["lists"]).Test(0)).Message);
    }

    [Fact]
    public void An_episode_is_read_as_a_square_image_a_mask_and_what_is_not_counted()
    {
        using var scope = NewDisposeScope();
        using var folder = new FewShotFolder();
        folder.Picture(3, (_, x) => (byte)(x < 6 ? 255 : 0), "voc", "JPEGImages", "a.jpg");
        folder.Picture(1, (y, x) => (byte)(y == 0 ? 255 : x < 6 ? 6 : 9), "voc", "SegmentationClassAug", "a.png");
        var pascal = new Pascal5i(folder["voc"], "lists");
        FewShotEpisode episode = new(folder["voc", "JPEGImages", "a.jpg"], folder["voc", "SegmentationClassAug", "a.png"], 5, "bus");
        using FewShotSample sample = pascal.Read(episode, 16);
        Assert.Equal([3, 16, 16], sample.Image.shape);
        Assert.Equal(1, sample.Image[0, 8, 1].item<float>(), 2);
        Assert.Equal((14 * 8, 2 * 16), (sample.Mask.sum().item<long>(), sample.Ignore!.sum().item<long>()));
        folder.Picture(1, (_, _) => 0, "voc", "SegmentationClassAug", "b.png");
        Assert.Equal(0, pascal.Read(episode with { Mask = folder["voc", "SegmentationClassAug", "b.png"] }, 16).Mask.sum().item<long>());
    }

    [Fact]
    public void Cocos_lists_are_read_without_executing_them()
    {
        using var folder = new FewShotFolder();
        folder.Bytes(Pickle(Enumerable.Range(0, 20).Select(n => 1 + (4 * n))), "lists", "val", "fold1.pkl");
        var coco = new Coco20i(folder["coco"], folder["lists"]);
        IReadOnlyList<FewShotEpisode> test = coco.Test(1);
        Assert.Equal(1000, test.Count);
        Assert.All(test, episode => Assert.Equal($"{episode.ClassId}.jpg", Path.GetFileName(episode.Image)));
        Assert.Equal(20, test.Select(episode => episode.ClassId).Distinct().Count());
        Assert.Equal(test, coco.Test(1));
        Assert.Equal(folder["coco", "annotations", "val2014", $"{test[0].ClassId}.png"], test[0].Mask);

        folder.Bytes(Pickle([1, 5]), "lists", "val", "fold1.pkl");
        Assert.Contains("lists no image of the classes", Assert.Throws<InvalidDataException>(() => coco.Test(1)).Message);
        folder.Bytes(Encoding.Latin1.GetBytes("\u0080\u0002cos\nsystem\n."), "lists", "val", "fold1.pkl");
        Assert.Contains("os.system", Assert.Throws<InvalidDataException>(() => coco.Test(1)).Message);
        folder.Bytes(Encoding.Latin1.GetBytes($"\u0080\u0002}}K\u0001]{PthBytes.Text("../../secret.jpg")}as."), "lists", "val", "fold1.pkl");
        Assert.Throws<InvalidDataException>(() => coco.Test(1));
    }

    [Fact]
    public void Fss_numbers_its_sorted_classes_and_asks_for_each_image_once()
    {
        using var folder = new FewShotFolder();
        foreach (var (list, count) in new[] { ("trn", 520), ("val", 240), ("test", 240) })
        {
            folder.Text(string.Join('\n', Enumerable.Range(0, count).Reverse().Select(n => $"{list}_{n:000}")), "lists", $"{list}.txt");
        }

        var fss = new Fss1000(folder["fss"], folder["lists"]);
        IReadOnlyList<FewShotEpisode> test = fss.Test(0);
        Assert.Equal((2400, 760, "test_000"), (test.Count, test[0].ClassId, test[0].ClassName));
        Assert.Equal((999, folder["fss", "test_239", "10.jpg"]), (test[^1].ClassId, test[^1].Image));
        Assert.Equal((5200, 2400), (fss.Training(0).Count, fss.Validation().Count));
        folder.Picture(1, (y, x) => (byte)(x < 3 ? 128 : 127), "fss", "m.png");
        folder.Picture(1, (y, x) => 60, "fss", "grey.jpg");
        using FewShotSample sample = fss.Read(new(folder["fss", "grey.jpg"], folder["fss", "m.png"], 760, "test_000"), 12);
        Assert.Equal((36, 3), (sample.Mask.sum().item<long>(), sample.Image.shape[0]));
        Assert.Null(sample.Ignore);
        folder.Text("one\n", "lists", "test.txt");
        Assert.Contains("240 different", Assert.Throws<InvalidDataException>(() => new Fss1000("fss", folder["lists"]).Test(0)).Message);
    }

    private static byte[] Pickle(IEnumerable<int> classes) => Encoding.Latin1.GetBytes("\u0080\u0002}("
        + string.Concat(classes.Select(c => $"K{(char)c}]{PthBytes.Text($"val2014/{c}.jpg")}a")) + "u.");
}
