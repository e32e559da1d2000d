namespace SegLstm.Data.Pictures;

/// <summary>Which pixel of a window each pixel of a view stands for: floor(i * scale), as OpenCV's INTER_NEAREST.</summary>
internal static class NearestSources
{
    /// <summary>Rows (or columns) of the window, one for each of the view.</summary>
    /// <param name="length">Rows of the window.</param>
    /// <param name="size">Rows of the view.</param>
    internal static int[] Of(int length, int size) => Of(new ResizedSpan(length, size, 0, size));

    /// <summary>Rows (or columns) before, one for each that is wanted after.</summary>
    internal static int[] Of(ResizedSpan span)
    {
        // Divided twice as OpenCV does: in places that rounds to the pixel before i * length / size.
        double scale = 1 / ((double)span.Size / span.Length);
        return [.. Enumerable.Range(span.First, span.Count).Select(i => Math.Min((int)Math.Floor(i * scale), span.Length - 1))];
    }
}
