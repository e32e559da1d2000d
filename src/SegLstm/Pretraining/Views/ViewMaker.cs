using SegLstm.Data;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;

namespace SegLstm.Pretraining.Views;

/// <summary>Makes views of square tiles of bytes.</summary>
/// <param name="options">Checked before.</param>
internal sealed class ViewMaker(ViewOptions options)
{
    /// <summary>A crop, resized.</summary>
    internal View Cropped(ByteImage tile, Random random)
    {
        Window window = ResizedCrop.Draw(random, tile.Height, options);
        int[] rows = NearestSources.Of(window.Height, options.Size), columns = NearestSources.Of(window.Width, options.Size);
        long[] index = new long[options.Size * options.Size];
        for (int i = 0; i < index.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, options.Size);
            index[i] = (long)(window.Y + rows[y]) * tile.Width + window.X + columns[x];
        }

        return new View(LinearResize.Of(tile, window, options.Size), index);
    }

    /// <summary>A crop that is also mirrored, turned, coloured, greyed and blurred, each as it is drawn.</summary>
    internal View Changed(ByteImage tile, Random random)
    {
        View view = Laid(Cropped(tile, random), DrawOrientation(random));
        ByteImage image = view.Image;
        if (random.NextDouble() < options.ColorProbability) Color(image, random);
        if (random.NextDouble() < options.GrayProbability) Gray(image, random.Next(image.Bands));
        if (random.NextDouble() < options.BlurProbability)
        {
            int radius = random.Next(1, 4);
            for (int band = 0; band < image.Bands; band++)
                GaussianBlur.Apply(image.Band(band), image.Height, image.Width, radius);
        }

        return view;
    }

    /// <summary>Makes all bands one of them.</summary>
    internal static void Gray(ByteImage image, int kept)
    {
        for (int band = 0; band < image.Bands; band++)
        {
            if (band != kept) image.Band(kept).CopyTo(image.Band(band));
        }
    }

    /// <summary>Mirrors and turns a view, its index with it.</summary>
    internal static View Laid(View view, TileOrientation orientation)
    {
        if (orientation == default) return view;
        int size = view.Image.Height;
        var image = new ByteImage(view.Image.Bands, size, size);
        long[] index = new long[view.Index.Length];
        int[] places = [.. Enumerable.Range(0, index.Length).Select(i => orientation.Place(i / size, i % size, size))];
        for (int i = 0; i < places.Length; i++) index[places[i]] = view.Index[i];
        for (int band = 0; band < image.Bands; band++)
        {
            Span<byte> from = view.Image.Band(band), to = image.Band(band);
            for (int i = 0; i < places.Length; i++) to[places[i]] = from[i];
        }

        return new View(image, index);
    }

    internal TileOrientation DrawOrientation(Random random)
    {
        // Top to bottom is left to right and half a turn; both together are half a turn.
        var (turns, mirrored) = random.NextDouble() < options.FlipProbability
            ? random.Next(3) switch { 0 => (0, true), 1 => (2, true), _ => (2, false) }
            : (0, false);
        if (random.NextDouble() < options.TurnProbability) turns += random.Next(4);
        return new TileOrientation(turns % 4, mirrored);
    }

    private void Color(ByteImage image, Random random)
    {
        if (image.Bands >= 3 && random.NextDouble() < options.HsvProbability) ColorShift.Draw(random, options).Apply(image);
        if (image.Bands == 3) return;
        for (int band = 0; band < image.Bands; band++) BandJitter.Apply(image.Band(band), random, options);
    }
}
