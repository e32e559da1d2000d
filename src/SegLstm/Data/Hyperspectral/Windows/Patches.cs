namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>Small windows around single pixels, for models that see a pixel's neighbours; mirrored at the image's border.</summary>
public static class Patches
{
    /// <summary>Copies windows, each centred on its pixel.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="pixels">The centres, row * width + column.</param>
    /// <param name="size">Pixels on a side, odd; 1 copies spectra.</param>
    /// <param name="patches">
    /// pixels x size x size x bands values: that of (patch, row, column, band) at ((patch * size + row) * size + column) * bands + band.
    /// </param>
    /// <exception cref="ArgumentException">An even size, a pixel that is not there, or a span of another length.</exception>
    public static void Copy(HyperspectralScene scene, ReadOnlySpan<int> pixels, int size, Span<float> patches)
    {
        ArgumentNullException.ThrowIfNull(scene);
        CheckSize(size);
        if (patches.Length != (long)pixels.Length * size * size * scene.Bands)
        {
            throw new ArgumentException(
                $"{pixels.Length} patches of {size}x{size} and {scene.Bands} bands are {(long)pixels.Length * size * size * scene.Bands:N0} samples; the span has {patches.Length:N0}.");
        }

        int bands = scene.Bands, to = 0;
        Span<int> places = new int[size * size];
        foreach (int pixel in pixels)
        {
            if (pixel < 0 || pixel >= scene.Pixels)
                throw new ArgumentException($"'{scene.Name}' has pixels 0 to {scene.Pixels - 1}; asked for {pixel}.", nameof(pixels));
            Find(pixel, scene.Height, scene.Width, places);
            foreach (int place in places)
            {
                scene.Spectrum(place).CopyTo(patches[to..]);
                to += bands;
            }
        }
    }

    /// <summary>The pixels of a window, row by row.</summary>
    /// <param name="pixel">The centre.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="places">As many as the window has: the square of an odd number.</param>
    internal static void Find(int pixel, int height, int width, Span<int> places)
    {
        int reach = ((int)Math.Sqrt(places.Length) - 1) / 2, row = pixel / width, column = pixel % width, at = 0;
        for (int y = row - reach; y <= row + reach; y++)
        {
            int line = Mirror.Place(y, height) * width;
            for (int x = column - reach; x <= column + reach; x++) places[at++] = line + Mirror.Place(x, width);
        }
    }

    internal static void CheckSize(int size)
    {
        if (size < 1 || size % 2 == 0)
            throw new ArgumentException($"A window of {size} pixels a side has no centre: take an odd number, at least 1.", nameof(size));
    }
}
