using SegLstm.Training;

namespace SegLstm.Data.Classification;

/// <summary>
/// Pictures of your own in a folder for each class: below <c>train</c>, and where there are any <c>val</c> and <c>test</c>; or class
/// folders alone (as EuroSAT and UC Merced come), of which a tenth validates and a fifth is the test, class by class, always the same.
/// </summary>
public static class ImageFolders
{
    internal const string Layout = "{train,val,test}/CLASS/PICTURE, or CLASS/PICTURE";

    private const string Remedy = $"Expected {Layout}, with pictures in JPEG, PNG, TIFF, BMP or WebP.";

    private const double ValidationShare = 0.1, TestShare = 0.2;

    /// <summary>Opens the folder. Classes are numbered in the order of their names.</summary>
    /// <param name="root">The folder of train, or of the classes.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A class has no pictures, or one validates that is never learnt.</exception>
    public static ImageSet Open(string root)
    {
        var scan = new ImageSetScan(root, Remedy);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(scan.Root));
        string? train = scan.Folder("train");
        IReadOnlyList<string> classes = ImageSetScan.Classes(train ?? scan.Root);
        if (classes.Count == 0) throw scan.Missing(train is null ? "folders of classes" : "folders of classes in train");
        if (train is null) return Divided(scan, name, classes);
        string? validation = scan.Folder("val", "valid", "validation"), test = scan.Folder("test");
        return scan.Complete(name, classes, (Split.Train, scan.Labelled(train, classes)),
            (Split.Validation, validation is null ? [] : scan.Labelled(validation, classes)),
            (Split.Test, test is null ? [] : scan.Labelled(test, classes)));
    }

    private static ImageSet Divided(ImageSetScan scan, string name, IReadOnlyList<string> classes)
    {
        List<LabelledImage> train = [], validation = [], test = [];
        foreach (var same in scan.Labelled(scan.Root, classes).GroupBy(image => image.Label))
        {
            LabelledImage[] images = [.. same];
            // Not the run's seed: runs with other seeds are compared on the same pictures.
            new SeedStreams(0).Draw("hold out", 0, same.Key).Shuffle(images);
            int held = (int)Math.Round(TestShare * images.Length), asked = (int)Math.Round(ValidationShare * images.Length);
            test.AddRange(images[..held]);
            validation.AddRange(images[held..(held + asked)]);
            train.AddRange(images[(held + asked)..]);
        }

        return scan.Complete(name, classes, (Split.Train, train), (Split.Validation, validation), (Split.Test, test));
    }
}
