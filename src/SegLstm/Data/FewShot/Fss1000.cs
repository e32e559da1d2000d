using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.FewShot;

/// <summary>FSS-1000: a thousand classes of ten images, 520 for training, 240 for validation, 240 for the test.</summary>
/// <remarks>
/// Files: <c>CLASS/{1..10}.jpg</c> and <c>.png</c> in one folder (a mask from value 128 up is the class), <c>trn.txt, val.txt,
/// test.txt</c> with class names in another. Class numbers follow the sorted lists, from 0, 520 and 760 on. There is one fold; its
/// test is every image of the test classes once.
/// </remarks>
/// <param name="images">The folder with a folder a class.</param>
/// <param name="splits">The folder of the lists.</param>
public sealed class Fss1000(string images, string splits) : FewShotBenchmark
{
    private const int Threshold = 128, Images = 10;

    private static readonly (string List, int First, int Count)[] Parts = [("trn", 0, 520), ("val", 520, 240), ("test", 760, 240)];

    private readonly Lazy<string[][]> _names = new(() => [.. Parts.Select(part => Read(splits, part.List, part.Count))]);

    /// <inheritdoc/>
    public override int Classes => 1000;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => [.. _names.Value.SelectMany(names => names)];

    /// <inheritdoc/>
    public override IReadOnlyList<int> TestClasses(int fold)
    {
        CheckFold(fold, 1);
        return [.. Enumerable.Range(Parts[2].First, Parts[2].Count)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Test(int fold)
    {
        CheckFold(fold, 1);
        return Episodes(2);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Training(int fold)
    {
        CheckFold(fold, 1);
        return Episodes(0);
    }

    /// <summary>The classes between training and test, to choose by.</summary>
    public IReadOnlyList<FewShotEpisode> Validation() => Episodes(1);

    /// <inheritdoc/>
    protected override Tensor IsClass(Tensor labels, int classId) => labels.ge(Threshold);

    private FewShotEpisode[] Episodes(int part) =>
    [
        .. _names.Value[part].SelectMany((name, n) => Enumerable.Range(1, Images).Select(image => new FewShotEpisode(
            Path.Combine(images, name, $"{image}.jpg"), Path.Combine(images, name, $"{image}.png"), Parts[part].First + n, name))),
    ];

    private static string[] Read(string splits, string list, int count)
    {
        string path = Path.Combine(splits, list + ".txt");
        string[] names = [.. Lines(path).Order(StringComparer.Ordinal)];
        return names.Length == count && names.Distinct().Count() == count && names.All(name => name == Path.GetFileName(name))
            ? names
            : throw new InvalidDataException($"{path} has {names.Length} lines: expected the names of {count} different classes.");
    }
}
