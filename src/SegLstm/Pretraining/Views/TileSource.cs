using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Pretraining.Views;

/// <summary>Square tiles of bytes at random places of some images.</summary>
internal sealed class TileSource
{
    private readonly ByteImage[] _images;
    private readonly int _side;

    // Tiles of an epoch up to and with each image; or pixels, where the number of tiles is given.
    private readonly long[] _shares;
    private readonly bool _drawn;

    internal TileSource(SceneArrays[] scenes, ByteScaling scaling, ViewOptions options)
    {
        _side = options.TileSize;
        if (Array.Find(scenes, scene => scene.Height < _side || scene.Width < _side) is { } small)
        {
            throw new ArgumentException(
                $"'{small.Name}' is {small.Width}x{small.Height} pixels, a tile {_side}x{_side}: set TileSize to at most "
                + $"{Math.Min(small.Width, small.Height)}, or leave the image out.");
        }

        _images = [.. scenes.Select(scaling.Bytes)];
        _drawn = options.TilesPerEpoch is not null;
        _shares = new long[_images.Length];
        long sum = 0;
        for (int i = 0; i < _images.Length; i++)
        {
            var image = _images[i];
            _shares[i] = sum += _drawn ? image.Pixels : (long)(image.Height / _side) * (image.Width / _side);
        }

        Count = options.TilesPerEpoch ?? sum;
    }

    internal long Count { get; }

    internal int Bands => _images[0].Bands;

    internal ByteImage Cut(long index, Random random)
    {
        long place = _drawn ? random.NextInt64(_shares[^1]) : index;
        ByteImage image = _images[Array.FindIndex(_shares, sum => place < sum)];
        int row = random.Next(image.Height - _side + 1), column = random.Next(image.Width - _side + 1);
        return image.Crop(new Window(column, row, _side, _side));
    }
}
