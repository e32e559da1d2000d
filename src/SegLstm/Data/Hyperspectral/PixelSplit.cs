namespace SegLstm.Data.Hyperspectral;

/// <summary>Which labelled pixels are learnt from and which are scored.</summary>
/// <param name="Train">Pixels, row * width + column, to learn from.</param>
/// <param name="Test">Pixels to score; none of <paramref name="Train"/>.</param>
/// <param name="Description">How it was made, for tables and logs.</param>
public sealed record PixelSplit(int[] Train, int[] Test, string Description = "")
{
    /// <summary>Pixels of a class in each part; that of label c is at c.</summary>
    /// <param name="labels">The scene's labels.</param>
    /// <param name="classes">Number of classes.</param>
    public (int[] Train, int[] Test) Count(ReadOnlySpan<byte> labels, int classes)
    {
        int[] train = new int[classes + 1], test = new int[classes + 1];
        foreach (int pixel in Train) train[labels[pixel]]++;
        foreach (int pixel in Test) test[labels[pixel]]++;
        return (train, test);
    }
}
