using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.FewShot;

/// <summary>PASCAL-5i: the twenty classes of PASCAL VOC in alphabetical order, four folds of five.</summary>
/// <remarks>
/// Files: <c>JPEGImages/NAME.jpg</c> and <c>SegmentationClassAug/NAME.png</c> in one folder, <c>trn/fold{0..3}.txt</c> and
/// <c>val/fold{0..3}.txt</c> in another, a line <c>NAME__CC</c> for an image and a class from 01. A test always has 1,000 episodes:
/// the list over and over. Pixels of value 255 (boundaries) are not counted.
/// </remarks>
/// <param name="images">The folder of VOC 2012.</param>
/// <param name="splits">The folder with trn/ and val/.</param>
public sealed class Pascal5i(string images, string splits) : FewShotBenchmark
{
    private const int Folds = 4, Each = 5, Episodes = 1000, Boundary = 255;

    private static readonly string[] Names =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse",
        "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <inheritdoc/>
    public override int Classes => Names.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => Names;

    /// <inheritdoc/>
    public override IReadOnlyList<int> TestClasses(int fold)
    {
        CheckFold(fold, Folds);
        return [.. Enumerable.Range(fold * Each, Each)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Test(int fold)
    {
        FewShotEpisode[] list = [.. Read("val", fold)];
        return [.. Enumerable.Range(0, Episodes).Select(n => list[n % list.Length])];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Training(int fold)
    {
        CheckFold(fold, Folds);
        return [.. Enumerable.Range(0, Folds).Where(other => other != fold).SelectMany(other => Read("trn", other))];
    }

    /// <inheritdoc/>
    protected override Tensor IsClass(Tensor labels, int classId) => labels.eq(classId + 1);

    /// <inheritdoc/>
    protected override Tensor IsIgnored(Tensor labels) => labels.eq(Boundary);

    private FewShotEpisode[] Read(string split, int fold)
    {
        IReadOnlyList<int> expected = TestClasses(fold);
        string path = Path.Combine(splits, split, $"fold{fold}.txt");
        FewShotEpisode[] episodes = [.. Lines(path).Select((line, n) => Episode(path, n + 1, line, expected))];
        return episodes.Length > 0 ? episodes : throw new InvalidDataException($"{path} lists no image.");
    }

    private FewShotEpisode Episode(string path, int number, string line, IReadOnlyList<int> expected)
    {
        string[] parts = line.Split("__");
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id) && expected.Contains(id - 1)
            ? new FewShotEpisode(
                Path.Combine(images, "JPEGImages", parts[0] + ".jpg"), Path.Combine(images, "SegmentationClassAug", parts[0] + ".png"),
                id - 1, Names[id - 1])
            : throw new InvalidDataException(
                $"{path}, line {number} is '{line}': expected an image's name, two underscores and one of the classes "
                + $"{expected[0] + 1:00} to {expected[^1] + 1:00}.");
    }
}
