using SegLstm.Data.Rasters;

namespace SegLstm.Pretraining.Views;

/// <summary>Draws the window of a tile that becomes a view.</summary>
/// <remarks>
/// Five times a share of the area and an aspect are drawn; the first window that is narrower and lower than the tile is taken,
/// at a random place. As in the authors' code the last possible row and column are never a start. Should none of the five be,
/// the last one's height and width, cut to the tile, are taken from row (H - w) / 2 and column (W - w) / 2 on, where w is that
/// width.
/// </remarks>
internal static class ResizedCrop
{
    private const int Tries = 5;

    internal static Window Draw(Random random, int side, ViewOptions options)
    {
        int width = 0, height = 0;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double area = Uniform(random, options.MinArea, options.MaxArea) * side * side;
            double aspect = Uniform(random, options.MinAspect, options.MaxAspect);
            (width, height) = ((int)Math.Round(Math.Sqrt(area * aspect)), (int)Math.Round(Math.Sqrt(area / aspect)));
            if (random.NextDouble() < 0.5) (width, height) = (height, width);
            (width, height) = (Math.Max(1, width), Math.Max(1, height));
            if (width < side && height < side)
            {
                int row = random.Next(side - height), column = random.Next(side - width);
                return new Window(column, row, width, height);
            }
        }

        return Fallback(width, height, side);
    }

    internal static Window Fallback(int width, int height, int side)
    {
        width = Math.Min(width, side);
        int start = (side - width) / 2;
        return new Window(start, start, width, Math.Min(height, side - start));
    }

    private static double Uniform(Random random, double low, double high) => low + (high - low) * random.NextDouble();
}
