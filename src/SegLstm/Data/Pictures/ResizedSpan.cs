namespace SegLstm.Data.Pictures;

/// <summary>Rows (or columns) of a resized picture: <paramref name="Count"/> from <paramref name="First"/> on.</summary>
/// <param name="Length">Rows of the picture before.</param>
/// <param name="Size">Rows after.</param>
/// <param name="First">The first of those that are wanted.</param>
/// <param name="Count">How many are wanted.</param>
internal readonly record struct ResizedSpan(int Length, int Size, int First, int Count)
{
    /// <summary>The rows before that bilinear weights of the wanted ones fall on: the first, and how many.</summary>
    internal (int First, int Count) Sources
    {
        get
        {
            int first = Math.Max(0, At(First)), last = Math.Min(Length - 1, At(First + Count - 1) + 1);
            return (first, last - first + 1);
        }
    }

    /// <summary>Where a row lies before, centres being at halves.</summary>
    internal float Place(int row) => (float)((row + 0.5) * (1 / ((double)Size / Length)) - 0.5);

    private int At(int row) => (int)MathF.Floor(Place(row));
}
