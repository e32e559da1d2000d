namespace SegLstm.Data.Hyperspectral.Splits;

/// <summary>
/// How far each pixel is from the nearest of some: the greater of the differences in rows and columns, which says whether windows
/// meet: windows of size s around two pixels share a pixel if and only if these are less than s apart.
/// </summary>
internal static class PixelDistance
{
    /// <summary>Two sweeps over the eight neighbours, which is exact for this distance.</summary>
    internal static int[] To(IEnumerable<int> pixels, int height, int width)
    {
        int[] distance = new int[height * width];
        Array.Fill(distance, int.MaxValue - 1);
        foreach (int pixel in pixels) distance[pixel] = 0;
        for (int at = 0; at < distance.Length; at++) Sweep(at, -1);
        for (int at = distance.Length - 1; at >= 0; at--) Sweep(at, 1);
        return distance;

        void Sweep(int at, int side)
        {
            int row = at / width, column = at % width, least = distance[at];
            if (column + side >= 0 && column + side < width) least = Math.Min(least, distance[at + side] + 1);
            if (row + side >= 0 && row + side < height)
            {
                for (int x = Math.Max(0, column - 1); x <= Math.Min(width - 1, column + 1); x++)
                    least = Math.Min(least, distance[((row + side) * width) + x] + 1);
            }

            distance[at] = least;
        }
    }
}
