using SegLstm.Checkpoints;
using SegLstm.Checkpoints.Pickle;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.FewShot;

/// <summary>COCO-20i: the eighty classes of COCO 2014, four folds of twenty (fold i has the classes i, i + 4, i + 8 ...).</summary>
/// <remarks>
/// Files: <c>{train,val}2014/NAME.jpg</c> and <c>annotations/{train,val}2014/NAME.png</c> in one folder, with the class from 1 in
/// each pixel; <c>trn/fold{0..3}.pkl</c> and <c>val/fold{0..3}.pkl</c> in another: pickles of a dictionary from class to image
/// names, of which nothing is executed. A test has 1,000 episodes, the class drawn evenly, then the image, by NumPy's generator: seed 0
/// gives those of the authors' code.
/// </remarks>
/// <param name="images">The folder of COCO 2014.</param>
/// <param name="splits">The folder with trn/ and val/.</param>
/// <param name="seed">Says which episodes are drawn.</param>
public sealed class Coco20i(string images, string splits, uint seed = 0) : FewShotBenchmark
{
    private const int Folds = 4, Each = 20, Episodes = 1000;

    private static readonly string[] Names =
    [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "trafficlight", "firehydrant",
        "stopsign", "parkingmeter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe",
        "backpack", "umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sportsball", "kite", "baseballbat",
        "baseballglove", "skateboard", "surfboard", "tennisracket", "bottle", "wineglass", "cup", "fork", "knife", "spoon", "bowl",
        "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hotdog", "pizza", "donut", "cake", "chair", "couch",
        "pottedplant", "bed", "diningtable", "toilet", "tv", "laptop", "mouse", "remote", "keyboard", "cellphone", "microwave",
        "oven", "toaster", "sink", "refrigerator", "book", "clock", "vase", "scissors", "teddybear", "hairdrier", "toothbrush",
    ];

    /// <inheritdoc/>
    public override int Classes => Names.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => Names;

    /// <inheritdoc/>
    public override IReadOnlyList<int> TestClasses(int fold)
    {
        CheckFold(fold, Folds);
        return [.. Enumerable.Range(0, Each).Select(n => fold + (Folds * n))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Test(int fold)
    {
        IReadOnlyList<int> classes = TestClasses(fold);
        Dictionary<int, string[]> lists = Read("val", fold);
        var random = new NumpyRandom(seed);
        return [.. Enumerable.Range(0, Episodes).Select(_ =>
        {
            int id = classes[random.Choose(classes.Count)];
            return Episode(lists[id][random.Choose(lists[id].Length)], id);
        })];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FewShotEpisode> Training(int fold)
    {
        IReadOnlyList<int> tested = TestClasses(fold);
        return [.. Read("trn", fold).Where(list => !tested.Contains(list.Key)).OrderBy(list => list.Key)
            .SelectMany(list => list.Value.Select(name => Episode(name, list.Key)))];
    }

    /// <inheritdoc/>
    protected override Tensor IsClass(Tensor labels, int classId) => labels.eq(classId + 1);

    private FewShotEpisode Episode(string name, int id) => new(
        Path.Combine(images, name), Path.Combine(images, "annotations", Path.ChangeExtension(name, ".png")), id, Names[id]);

    private Dictionary<int, string[]> Read(string split, int fold)
    {
        string path = Path.Combine(splits, split, $"fold{fold}.pkl");
        if (!File.Exists(path)) Lines(path);
        using var source = new FileSource(path);
        var budget = new MemoryBudget();
        PickleValue root;
        try
        {
            root = PickleReader.Read(new PickleInput(source, 0, source.Length, budget), budget);
        }
        catch (CheckpointException refusal)
        {
            throw new InvalidDataException($"{path} is refused: {refusal.Message}", refusal);
        }

        var lists = new Dictionary<int, string[]>();
        foreach ((PickleValue key, PickleValue value) in (root as PickleValue.Dictionary ?? throw Wrong(path, $"{root}")).Values)
        {
            if (key is not PickleValue.Integer id || id.Value < 0 || id.Value >= Classes || value is not PickleValue.List names
                || names.Values.Any(name => name is not PickleValue.Text { Value: var text } || Path.IsPathRooted(text) || text.Contains("..")))
            {
                throw Wrong(path, $"{key}: {value}");
            }

            lists[(int)id.Value] = [.. names.Values.Select(name => ((PickleValue.Text)name).Value)];
        }

        int[] needed = [.. split == "val" ? TestClasses(fold) : Enumerable.Range(0, Classes).Except(TestClasses(fold))];
        int[] without = [.. needed.Where(id => lists.GetValueOrDefault(id, []).Length == 0)];
        return without.Length == 0 ? lists
            : throw new InvalidDataException($"{path} lists no image of the classes {string.Join(", ", without.Select(id => Names[id]))}.");
    }

    private static InvalidDataException Wrong(string path, string got) =>
        new($"{path} is no list of COCO-20i: expected a dictionary from classes 0 to 79 to lists of image names, got {Printable.Of(got)}.");
}
