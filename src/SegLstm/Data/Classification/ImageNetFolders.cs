using System.Text.RegularExpressions;

namespace SegLstm.Data.Classification;

/// <summary>
/// ImageNet-1K (ILSVRC 2012) as it is unpacked: <c>train/nXXXXXXXX/*.JPEG</c>, and <c>val</c> in class folders too, or flat as it
/// comes, with Kaggle's <c>LOC_val_solution.csv</c>. A part of the classes, such as ImageNet-100, is one with fewer folders.
/// </summary>
/// <remarks>
/// Kaggle's archive has both below <c>ILSVRC/Data/CLS-LOC</c>. Labels are the places of the synsets in ordinal order, as in
/// torchvision and in published checkpoints. The ground truth of the development kit counts classes in an order of its own, which only
/// its <c>meta.mat</c> tells: it is not read.
/// </remarks>
public static partial class ImageNetFolders
{
    internal const string Layout = "train/nXXXXXXXX/*.JPEG and val/nXXXXXXXX/*.JPEG, or val/*.JPEG with LOC_val_solution.csv";

    private const string Kaggle = "ILSVRC/Data/CLS-LOC/", Solution = "LOC_val_solution.csv";

    private const string Remedy = $"Expected {Layout} (image-net.org, or Kaggle's imagenet-object-localization-challenge).";

    /// <summary>Opens the data set: val validates, and is what results are reported on, as the test has no public labels.</summary>
    /// <param name="root">The folder of train and val, or that of Kaggle's archive.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">Pictures or their labels are missing.</exception>
    public static ImageSet Open(string root)
    {
        var scan = new ImageSetScan(root, Remedy);
        string train = scan.Folder("train", Kaggle + "train") ?? throw scan.Missing("folder train"),
            val = scan.Folder("val", Kaggle + "val") ?? throw scan.Missing("folder val");
        IReadOnlyList<string> classes = ImageSetScan.Classes(train);
        if (classes.Count == 0) throw scan.Missing("folders of classes in train");
        foreach (string odd in classes.Where(name => !Synset().IsMatch(name)))
            scan.Fault($"'{Path.Combine(train, odd)}' is no class of ImageNet: expected names such as n01440764.");
        IReadOnlyList<LabelledImage> validation =
            ImageSetScan.Classes(val).Count > 0 ? scan.Labelled(val, classes) : Flat(scan, val, classes);
        return scan.Complete("ImageNet-1K", classes, (Split.Train, scan.Labelled(train, classes)), (Split.Validation, validation));
    }

    private static IReadOnlyList<LabelledImage> Flat(ImageSetScan scan, string val, IReadOnlyList<string> classes)
    {
        string solution = Path.Combine(scan.Root, Solution);
        if (!File.Exists(solution))
        {
            scan.Fault($"'{val}' has neither folders of classes nor '{solution}' beside it: sort its pictures into folders named by "
                + "synset, or put Kaggle's file there.");
            return [];
        }

        Dictionary<string, int> labels = classes.Select((name, label) => (name, label)).ToDictionary(one => one.name, one => one.label);
        Dictionary<string, string> truth = Truth(scan, solution);
        var found = new List<LabelledImage>();
        foreach (string picture in ImageSetScan.Pictures(val))
        {
            string stem = Path.GetFileNameWithoutExtension(picture);
            if (!truth.Remove(stem, out string? synset)) scan.Fault($"'{picture}' is not in {Solution}.");
            else if (!labels.TryGetValue(synset, out int label)) scan.Fault($"'{picture}' is of {synset}, which train has no folder for.");
            else found.Add(new LabelledImage(picture, label));
        }

        if (truth.Count > 0) scan.Fault($"'{val}' lacks {truth.Count} pictures that {Solution} names, such as {truth.Keys.First()}.JPEG.");
        return found;
    }

    // Lines "ILSVRC2012_val_00048981,n03995372 85 1 499 272": a picture, and synset and box of each object, all of one synset.
    private static Dictionary<string, string> Truth(ImageSetScan scan, string solution)
    {
        var truth = new Dictionary<string, string>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in File.ReadLines(solution))
        {
            number++;
            if (number == 1 && line.StartsWith("ImageId,", StringComparison.Ordinal)) continue;
            string[] parts = line.Split(',', 2);
            string synset = parts.Length == 2 ? parts[1].Split(' ')[0] : "";
            if (!Synset().IsMatch(synset))
                scan.Fault($"{solution}:{number}: expected a picture, a comma and a synset, got '{Short(line)}'.");
            else truth[parts[0]] = synset;
        }

        return truth;
    }

    private static string Short(string line) => line.Length > 40 ? line[..40] + "..." : line;

    [GeneratedRegex("^n[0-9]{8}$")]
    private static partial Regex Synset();
}
