using SegLstm.Data.Classification;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Classification;

/// <summary>Small twins of image sets, in the layouts of the real ones; pictures whose brightness tells the class, under noise.</summary>
internal static class FabricatedImages
{
    public static readonly string[] Synsets = ["n01440764", "n01443537", "n02102040"];

    /// <summary>A JPEG, or a PNG by its name.</summary>
    public static string Picture(string path, int label, int classes, int seed, int height = 24, int width = 32, int bands = 3)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] samples = new byte[bands * height * width];
        var random = new Random(seed);
        for (int i = 0; i < samples.Length; i++) samples[i] = (byte)(30 + 180 * label / Math.Max(1, classes - 1) + random.Next(40));
        File.WriteAllBytes(path, path.EndsWith(".png", StringComparison.Ordinal)
            ? Png.Encode(samples, bands, height, width) : Jpeg.Encode(samples, bands, height, width));
        return path;
    }

    /// <summary>ImageNet's folders with three synsets: val in class folders, or flat with Kaggle's list.</summary>
    public static string ImageNet(string root, bool flat = false, string below = "", int train = 4, int val = 2)
    {
        var lines = new List<string> { "ImageId,PredictionString" };
        foreach ((string synset, int label) in Synsets.Select((synset, label) => (synset, label)))
        {
            for (int i = 0; i < train; i++)
                Picture(Path.Combine(root, below, "train", synset, $"{synset}_{i}.JPEG"), label, 3, 10 * label + i);
            for (int i = 0; i < val; i++)
            {
                string name = $"ILSVRC2012_val_0000000{2 * label + i}";
                Picture(Path.Combine(root, below, "val", flat ? "" : synset, name + ".JPEG"), label, 3, 100 + 10 * label + i);
                lines.Add($"{name},{synset} 1 2 3 4 {synset} 5 6 7 8 ");
            }
        }

        if (flat) File.WriteAllLines(Path.Combine(root, "LOC_val_solution.csv"), lines);
        return root;
    }

    /// <summary>A folder for each class below train, val and test, or alone.</summary>
    public static string Folders(string root, string[] parts, int count = 6, string[]? classes = null)
    {
        classes ??= ["bright", "dark"];
        foreach (string part in parts)
        {
            foreach ((string name, int label) in classes.Select((name, label) => (name, label)))
            {
                for (int i = 0; i < count; i++)
                {
                    Picture(Path.Combine(root, part, name, $"{i}.png"), classes.Length - 1 - label, classes.Length,
                        (part.Length * 100) + (10 * label) + i);
                }
            }
        }

        return root;
    }

    /// <summary>A task of VTAB-1K with its lists, whose 1,000 lines share a few pictures.</summary>
    public static string Task(string root, VtabTask task, int test = 6)
    {
        string folder = Path.Combine(root, task.Name);
        const int pictures = 8;
        for (int i = 0; i < pictures; i++)
            Picture(Path.Combine(folder, "images", $"{i}.jpg"), i % task.Classes, task.Classes, i, height: 20 + i, width: 24);
        foreach ((string list, int count) in new[] { ("train800", 800), ("val200", 200), ("train800val200", 1000), ("test", test) })
        {
            File.WriteAllLines(Path.Combine(folder, list + ".txt"),
                Enumerable.Range(0, count).Select(i => $"images/{i % pictures}.jpg {i % pictures % task.Classes}"));
        }

        return root;
    }
}
