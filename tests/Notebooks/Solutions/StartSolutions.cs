namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 00-start may write.</summary>
internal static class StartSolutions
{
    internal static (long Rows, long Columns) TokenGrid(long height, long width, long patch, long stride) =>
        ((height - patch) / stride + 1, (width - patch) / stride + 1);

    internal static double FirstLoss(int classes, double auxiliaryWeight) => (1 + auxiliaryWeight) * Math.Log(classes);

    internal static double MeanIoU(long[,] counts)
    {
        var scores = new List<double>();
        for (int c = 0; c < counts.GetLength(0); c++)
        {
            double row = 0, column = 0;
            for (int other = 0; other < counts.GetLength(0); other++)
            {
                row += counts[c, other];
                column += counts[other, c];
            }

            double union = row + column - counts[c, c];
            if (union > 0) scores.Add(counts[c, c] / union);
        }

        return scores.Average();
    }
}
