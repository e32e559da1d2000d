using SegLstm.Data;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;

namespace SegLstm.Pretraining.Views;

/// <summary>Square tiles of bytes at random places of some images.</summary>
internal sealed class TileSource
{
    private readonly ByteImage[] _images;
    private readonly int _side;

    // Upper left corners, row * width + column, that a tile may have; null where it may have any.
    private readonly int[]?[] _corners;

    // Tiles of an epoch up to and with each image; or pixels, or places for a tile, where the number of tiles is given.
    private readonly long[] _shares;
    private readonly bool _drawn;

    /// <summary>Prepares some images.</summary>
    /// <param name="scenes">The images.</param>
    /// <param name="scaling">How they become bytes.</param>
    /// <param name="options">Sizes and numbers.</param>
    /// <param name="knownOnly">Whether tiles are only cut where every pixel is known; else what is not known is black.</param>
    internal TileSource(SceneArrays[] scenes, ByteScaling scaling, ViewOptions options, bool knownOnly)
    {
        _side = options.TileSize;
        if (Array.Find(scenes, scene => scene.Height < _side || scene.Width < _side) is { } small)
        {
            throw new ArgumentException(
                $"'{small.Name}' is {small.Width}x{small.Height} pixels, a tile {_side}x{_side}: set TileSize to at most "
                + $"{Math.Min(small.Width, small.Height)}, or leave the image out.");
        }

        _images = [.. scenes.Select(scaling.Bytes)];
        _corners = [.. scenes.Select(scene => knownOnly ? Corners(scene) : null)];
        _drawn = options.TilesPerEpoch is not null;
        _shares = new long[_images.Length];
        long sum = 0;
        for (int i = 0; i < _images.Length; i++)
        {
            var image = _images[i];
            _shares[i] = sum += _drawn
                ? _corners[i]?.Length ?? image.Pixels
                : (long)(image.Height / _side) * (image.Width / _side);
        }

        Count = options.TilesPerEpoch ?? sum;
    }

    internal long Count { get; }

    internal int Bands => _images[0].Bands;

    /// <summary>A tile, and which of the images it is of.</summary>
    internal (ByteImage Tile, int Image) Cut(long index, Random random)
    {
        long place = _drawn ? random.NextInt64(_shares[^1]) : index;
        int at = Array.FindIndex(_shares, sum => place < sum);
        ByteImage image = _images[at];
        if (_corners[at] is not { } corners)
        {
            int row = random.Next(image.Height - _side + 1), column = random.Next(image.Width - _side + 1);
            return (image.Crop(new Window(column, row, _side, _side)), at);
        }

        var (y, x) = Math.DivRem(corners[random.Next(corners.Length)], image.Width);
        return (image.Crop(new Window(x, y, _side, _side)), at);
    }

    // Counts unknown pixels from the upper left corner on, so that those of any tile are four numbers.
    private int[]? Corners(SceneArrays scene)
    {
        if (scene.Known is not { } known || Array.TrueForAll(known, pixel => pixel)) return null;
        int stride = scene.Width + 1;
        int[] unknown = new int[(scene.Height + 1) * stride];
        for (int y = 0; y < scene.Height; y++)
        {
            for (int x = 0, row = 0; x < scene.Width; x++)
            {
                row += known[y * scene.Width + x] ? 0 : 1;
                unknown[(y + 1) * stride + x + 1] = unknown[y * stride + x + 1] + row;
            }
        }

        var corners = new List<int>();
        for (int y = 0; y + _side <= scene.Height; y++)
        {
            for (int x = 0; x + _side <= scene.Width; x++)
            {
                int upper = y * stride + x, lower = (y + _side) * stride + x;
                if (unknown[lower + _side] - unknown[lower] - unknown[upper + _side] + unknown[upper] == 0) corners.Add(y * scene.Width + x);
            }
        }

        return corners.Count > 0 ? [.. corners] : throw new ArgumentException(
            $"'{scene.Name}' has no place where all of {_side}x{_side} pixels are known and not held out: set TileSize to less, or "
            + "leave the image out.");
    }
}
