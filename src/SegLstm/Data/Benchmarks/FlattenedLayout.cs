namespace SegLstm.Data.Benchmarks;

/// <summary>
/// mmsegmentation's packing, the same for all its data sets: <c>img_dir/{train,val,test}</c> and <c>ann_dir/{train,val,test}</c>
/// with files of the same stems, labels as one band of numbers from 1, 0 being nothing.
/// </summary>
internal static class FlattenedLayout
{
    private static readonly string[] Pictures = [".png", ".tif", ".jpg"];
    private static readonly string[] Annotations = [".png", ".tif"];

    /// <summary>Whether a folder is packed so.</summary>
    internal static bool IsIn(CollectionScan scan) => scan.Has("img_dir");

    /// <summary>Pairs the files of all splits that are there; a split without a folder in <c>ann_dir</c> has no labels.</summary>
    /// <param name="scan">The walk.</param>
    /// <param name="val">What the folder "val" is: of data sets without a validation split, mmsegmentation validates on their test.</param>
    /// <param name="below">A folder between <c>img_dir</c> and the splits that some packings have, such as Seg-LSTM's "rgb".</param>
    internal static void Pair(CollectionScan scan, Split val, string below)
    {
        string images = scan.Has($"img_dir/{below}") ? $"img_dir/{below}" : "img_dir";
        scan.Folder($"{images}/train", $"{images}/val", $"{images}/test");
        foreach ((string part, Split split) in new[] { ("train", Split.Train), ("val", val), ("test", Split.Test) })
        {
            if (!scan.Has($"{images}/{part}")) continue;
            string labels = Path.Combine(scan.Root, "ann_dir", part);
            scan.Pair(
                Path.Combine(scan.Root, images, part), Pictures, split != Split.Test || Directory.Exists(labels) ? [labels] : [],
                    Annotations,
                stem => ($"{part}/{stem}", split));
        }
    }
}
