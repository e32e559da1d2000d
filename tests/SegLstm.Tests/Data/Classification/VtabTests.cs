using SegLstm.Data;
using SegLstm.Data.Classification;
using SegLstm.Tests.Data.Rasters;

namespace SegLstm.Tests.Data.Classification;

public sealed class VtabTests : RasterFolder
{
    [Fact]
    public void There_are_19_tasks_of_three_groups()
    {
        Assert.Equal((7, 4, 8), (Count(VtabGroup.Natural), Count(VtabGroup.Specialised), Count(VtabGroup.Structured)));
        Assert.Equal(19, Vtab.Tasks.Select(task => task.Name).Distinct().Count());
        Assert.Contains("caltech101, cifar", Assert.Throws<KeyNotFoundException>(() => Vtab.Find("cifar10")).Message);

        static int Count(VtabGroup group) => Vtab.Tasks.Count(task => task.Group == group);
    }

    [Theory]
    [InlineData(73.6, 83.4, 56.1, 68.3)]
    [InlineData(69.2, 82.0, 53.3, 65.2)]
    [InlineData(76.6, 84.7, 59.1, 70.9)]
    public void The_average_is_that_of_all_tasks_as_in_the_published_rows(double natural, double specialised, double structured, double all)
    {
        double[] groups = [natural, specialised, structured];
        var accuracies = Vtab.Tasks.ToDictionary(task => task.Name, task => groups[(int)task.Group]);
        var averages = Vtab.Averages(accuracies);
        Assert.Equal(["natural", "specialised", "structured", "average"], averages.Select(mean => mean.Name));
        Assert.Equal(groups, averages.Take(3).Select(mean => Math.Round(mean.Value!.Value, 9)));
        // Published values are rounded; the mean of the three groups would be off by 2 and more.
        Assert.Equal(all, averages[3].Value!.Value, 0.08);
        accuracies.Remove("kitti");
        Assert.Equal([true, true, false, false], Vtab.Averages(accuracies).Select(mean => mean.Value is not null));
    }

    [Fact]
    public void A_task_trains_on_1000_pictures_or_800_of_them_when_rates_are_chosen()
    {
        VtabTask task = Vtab.Find("eurosat");
        FabricatedImages.Task(At("."), task);
        ImageSet set = Vtab.Open(At("."), task), tuning = Vtab.Open(At("."), task, tuning: true);
        Assert.Equal((1000, 0, 6), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count, set.Of(Split.Test).Count));
        Assert.Equal((800, 200, 0), (tuning.Of(Split.Train).Count, tuning.Of(Split.Validation).Count, tuning.Of(Split.Test).Count));
        Assert.Equal((10, 3), (set.ClassNames.Count, set.Of(Split.Train)[11].Label));
        Assert.EndsWith(Path.Combine("eurosat", "images", "3.jpg"), set.Of(Split.Train)[11].Path);
    }

    [Fact]
    public void Lists_that_are_wrong_are_told_line_by_line()
    {
        VtabTask task = Vtab.Find("kitti");
        FabricatedImages.Task(At("."), task);
        string list = At("kitti/train800val200.txt");
        string[] lines = File.ReadAllLines(list);
        (lines[0], lines[1], lines[2], lines[3]) = ("images/0.jpg", "images/0.jpg 4", "../../secret.jpg 1", "images/99.jpg 1");
        File.WriteAllLines(list, lines);
        string message = Assert.Throws<FileNotFoundException>(() => Vtab.Open(At("."), task)).Message;
        Assert.Contains("txt:1: expected a picture's path, a space and a class, got 'images/0.jpg'", message);
        Assert.Contains("txt:2: the class is 4, expected 0 to 3", message);
        Assert.Contains("txt:3: '../../secret.jpg' lies outside of the task's folder", message);
        Assert.Contains("txt:4: there is no ", message);
        Assert.Contains("lists 996 pictures that can be used, expected 1000", message);
        File.Delete(list);
        Assert.Contains("There is no '", Assert.Throws<FileNotFoundException>(() => Vtab.Open(At("."), task)).Message);
    }
}
