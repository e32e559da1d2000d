namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 00-start may get wrong.</summary>
internal static class StartMistakes
{
    // Right wherever the stride is the patch size.
    internal static (long Rows, long Columns) TokenGrid(long height, long width, long patch, long stride) =>
        (height / stride, width / stride);

    // Forgets the auxiliary head.
    internal static double FirstLoss(int classes, double auxiliaryWeight) => Math.Log(classes);

    // Counts a class that never occurs as 0.
    internal static double MeanIoU(long[,] counts)
    {
        double sum = 0;
        for (int c = 0; c < counts.GetLength(0); c++)
        {
            double union = -counts[c, c];
            for (int other = 0; other < counts.GetLength(0); other++) union += counts[c, other] + counts[other, c];
            sum += union > 0 ? counts[c, c] / union : 0;
        }

        return sum / counts.GetLength(0);
    }
}
