using System.Globalization;

namespace SegLstm.Data.Classification;

/// <summary>
/// VTAB-1K (Zhai et al. 2019): 19 tasks with 1,000 training pictures each, as the public folders have them: a folder a task with
/// <c>images</c> and the lists <c>train800.txt</c>, <c>val200.txt</c>, <c>train800val200.txt</c> and <c>test.txt</c>, a picture's path
/// below the task's folder and its class on each line.
/// </summary>
/// <remarks>
/// The layout, the names of folders and the numbers of classes are those that public loaders of the packing agree on (NOAH's, which
/// later ones read too). The groups are the benchmark's: 7 natural, 4 specialised and 8 structured tasks.
/// </remarks>
public static class Vtab
{
    internal const string Layout = "TASK/{train800,val200,train800val200,test}.txt and TASK/images";

    private const string Remedy = $"Expected {Layout}, as in the public folders 'vtab-1k' (the lists hold lines such as "
        + "'images/train800val200/000001.jpg 3').";

    private const int Most = 1 << 20;

    /// <summary>All tasks, group by group.</summary>
    public static IReadOnlyList<VtabTask> Tasks { get; } =
    [
        new("caltech101", VtabGroup.Natural, 102), new("cifar", VtabGroup.Natural, 100), new("dtd", VtabGroup.Natural, 47),
        new("oxford_flowers102", VtabGroup.Natural, 102), new("oxford_iiit_pet", VtabGroup.Natural, 37),
        new("svhn", VtabGroup.Natural, 10), new("sun397", VtabGroup.Natural, 397),
        new("patch_camelyon", VtabGroup.Specialised, 2), new("eurosat", VtabGroup.Specialised, 10),
        new("resisc45", VtabGroup.Specialised, 45), new("diabetic_retinopathy", VtabGroup.Specialised, 5),
        new("clevr_count", VtabGroup.Structured, 8), new("clevr_dist", VtabGroup.Structured, 6), new("dmlab", VtabGroup.Structured, 6),
        new("kitti", VtabGroup.Structured, 4), new("dsprites_loc", VtabGroup.Structured, 16),
        new("dsprites_ori", VtabGroup.Structured, 16), new("smallnorb_azi", VtabGroup.Structured, 18),
        new("smallnorb_ele", VtabGroup.Structured, 9),
    ];

    /// <summary>The task of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists all.</exception>
    public static VtabTask Find(string name) =>
        Tasks.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new KeyNotFoundException(
            $"VTAB has no task '{name}': the tasks are {string.Join(", ", Tasks.Select(task => task.Name))}.");

    /// <summary>Opens a task.</summary>
    /// <param name="root">The folder of all tasks.</param>
    /// <param name="task">The task.</param>
    /// <param name="tuning">
    /// Learns from 800 of the 1,000 pictures and is measured on the other 200, to choose rates by; the test is not looked at. Otherwise
    /// all 1,000 train, nothing validates, and the test is the test.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A list or a picture is missing, or a line is none.</exception>
    public static ImageSet Open(string root, VtabTask task, bool tuning = false)
    {
        ArgumentNullException.ThrowIfNull(task);
        var scan = new ImageSetScan(root, Remedy);
        string folder = scan.Folder(task.Name) ?? throw scan.Missing($"folder {task.Name}");
        IReadOnlyList<LabelledImage> Read(string list, int? count) => List(scan, folder, list, task, count);
        IReadOnlyList<string> classes = [.. Enumerable.Range(0, task.Classes).Select(label => $"class {label}")];
        return tuning
            ? scan.Complete($"VTAB-1K {task.Name}", classes, (Split.Train, Read("train800.txt", 800)),
                (Split.Validation, Read("val200.txt", 200)))
            : scan.Complete($"VTAB-1K {task.Name}", classes, (Split.Train, Read("train800val200.txt", 1000)),
                (Split.Test, Read("test.txt", null)));
    }

    /// <summary>
    /// The published averages: of each group over its tasks, and of all 19 tasks (not of the three groups), in that order; null where a
    /// task is missing.
    /// </summary>
    /// <param name="accuracies">The accuracy of each task by name.</param>
    public static IReadOnlyList<(string Name, double? Value)> Averages(IReadOnlyDictionary<string, double> accuracies)
    {
        double? Mean(IEnumerable<VtabTask> tasks) => tasks.All(task => accuracies.ContainsKey(task.Name))
            ? tasks.Average(task => accuracies[task.Name]) : null;
        return
        [
            .. Enum.GetValues<VtabGroup>().Select(group =>
                (group.ToString().ToLowerInvariant(), Mean(Tasks.Where(task => task.Group == group)))),
            ("average", Mean(Tasks)),
        ];
    }

    private static List<LabelledImage> List(ImageSetScan scan, string folder, string list, VtabTask task, int? expected)
    {
        string path = Path.Combine(folder, list);
        var found = new List<LabelledImage>();
        if (!File.Exists(path))
        {
            scan.Fault($"There is no '{path}'.");
            return found;
        }

        int number = 0;
        foreach (string line in File.ReadLines(path).Take(Most))
        {
            number++;
            if (line.Length == 0) continue;
            int gap = line.LastIndexOf(' ');
            string picture = gap < 0 ? "" : Path.GetFullPath(line[..gap], folder);
            if (gap < 0 || !int.TryParse(line.AsSpan(gap + 1), CultureInfo.InvariantCulture, out int label))
                scan.Fault($"{path}:{number}: expected a picture's path, a space and a class, got '{line}'.");
            else if (label < 0 || label >= task.Classes)
                scan.Fault($"{path}:{number}: the class is {label}, expected 0 to {task.Classes - 1}.");
            else if (!picture.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                scan.Fault($"{path}:{number}: '{line[..gap]}' lies outside of the task's folder.");
            else if (!File.Exists(picture)) scan.Fault($"{path}:{number}: there is no '{picture}'.");
            else found.Add(new LabelledImage(picture, label));
        }

        if (expected is { } count && number > 0 && found.Count != count)
            scan.Fault($"'{path}' lists {found.Count} pictures that can be used, expected {count}.");
        if (number == 0) scan.Fault($"'{path}' is empty.");
        return found;
    }
}
