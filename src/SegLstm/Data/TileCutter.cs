using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Data;

/// <summary>Cuts normalised tiles out of a scene in managed memory; labels of other splits are 255 in every tile.</summary>
internal sealed class TileCutter
{
    private readonly SceneArrays _scene;
    private readonly TileOptions _options;
    private readonly SeedStreams _seeds;
    private readonly float[] _image;
    private readonly byte[] _labels;
    private readonly List<Window> _blocks;
    private readonly int[] _drawn = [];
    private readonly List<GridTile> _grid = [];

    /// <summary>
    /// Normalises the scene and hides what the split may not see. Random crops lie around a pixel of the split's blocks, for whose
    /// label some tries are made, or around labelled pixels only, where there are too few for that.
    /// </summary>
    /// <exception cref="ArgumentException">The scene has no labels, the blocks are another image's, or the split has no labelled pixel.</exception>
    internal TileCutter(SceneArrays scene, SpatialBlocks blocks, Split split, TileOptions options, BandStatistics statistics,
        bool aroundLabels = false)
    {
        options.Validate();
        if (scene.Labels is null)
            throw new ArgumentException($"'{scene.Name}' has no labels: tiles for segmentation cannot be cut from it.");
        if ((blocks.Height, blocks.Width) != (scene.Height, scene.Width))
            throw new ArgumentException($"The blocks are of {blocks.Height}x{blocks.Width} pixels, '{scene.Name}' has {scene.Height}x{scene.Width}.");
        if (statistics.Mean.Count != scene.Bands || statistics.Std.Count != scene.Bands)
            throw new ArgumentException($"Statistics of {statistics.Mean.Count} bands for the {scene.Bands} of '{scene.Name}'.");
        (_scene, _options, _seeds) = (scene, options, new SeedStreams(options.Seed));

        bool[] mine = new bool[scene.Pixels];
        foreach (var block in blocks.Blocks(split))
        {
            for (int y = block.Y; y < block.Y + block.Height; y++)
                mine.AsSpan(y * scene.Width + block.X, block.Width).Fill(true);
        }

        _labels = [.. scene.Labels.Select((label, i) => mine[i] ? label : SceneArrays.Ignore)];
        _image = Normalised(scene, statistics, options.Context ? null : mine);
        _blocks = [.. blocks.Blocks(split).Where(IsLabelled)];
        if (_blocks.Count == 0)
            throw new ArgumentException($"The split {split} of '{scene.Name}' has no labelled pixels.");
        if (options.RandomCrops == 0)
            _grid = [.. GridTiles()];
        if (aroundLabels)
            _drawn = [.. Enumerable.Range(0, _labels.Length).Where(i => _labels[i] != SceneArrays.Ignore)];
    }

    /// <summary>A tile of the grid; labels above its first row and left of its first column belong to its neighbours.</summary>
    private readonly record struct GridTile(int Top, int Left, int FirstRow, int FirstColumn);

    internal int Count => _options.RandomCrops > 0 ? _options.RandomCrops : _grid.Count;

    /// <summary>One tile: samples (bands x size x size) and labels (size x size).</summary>
    internal (float[] Image, long[] Label) Cut(long index, long epoch)
    {
        if (_options.RandomCrops == 0)
        {
            var tile = _grid[(int)index];
            return Cut(tile, default);
        }

        var random = _seeds.Draw("tiles", epoch, index);
        var (row, column) = _drawn.Length > 0 ? Math.DivRem(_drawn[random.Next(_drawn.Length)], _scene.Width) : Pixel(random);
        var crop = new GridTile(Around(random, row, _scene.Height), Around(random, column, _scene.Width), 0, 0);
        return Cut(crop, TileOrientation.Draw(random));
    }

    // A pixel of the split, labelled if a few tries find one, lies in the crop; the crop lies anywhere around it in the image.
    private (int Row, int Column) Pixel(Random random)
    {
        int row = 0, column = 0;
        for (int attempt = 0; attempt < 16; attempt++)
        {
            var block = _blocks[random.Next(_blocks.Count)];
            (row, column) = (block.Y + random.Next(block.Height), block.X + random.Next(block.Width));
            if (_labels[row * _scene.Width + column] != SceneArrays.Ignore)
                break;
        }

        return (row, column);
    }

    private static float[] Normalised(SceneArrays scene, BandStatistics statistics, bool[]? mine)
    {
        float[] image = new float[scene.Image.Length];
        for (int band = 0; band < scene.Bands; band++)
        {
            float mean = statistics.Mean[band], scale = 1 / statistics.Std[band];
            int start = band * scene.Pixels;
            for (int i = 0; i < scene.Pixels; i++)
            {
                if (mine?[i] != false && scene.Known?[i] != false)
                    image[start + i] = (scene.Image[start + i] - mean) * scale;
            }
        }

        return image;
    }

    private bool IsLabelled(Window w) => Enumerable.Range(w.Y, w.Height).Any(
        y => _labels.AsSpan(y * _scene.Width + w.X, w.Width).ContainsAnyExcept(SceneArrays.Ignore));

    /// <summary>Tiles side by side, the last of each row and column pulled back to the edge, those without a label left out.</summary>
    private IEnumerable<GridTile> GridTiles()
    {
        int size = _options.Size;
        for (int row = 0; row < _scene.Height; row += size)
        {
            for (int column = 0; column < _scene.Width; column += size)
            {
                int top = Math.Max(0, Math.Min(row, _scene.Height - size)), left = Math.Max(0, Math.Min(column, _scene.Width - size));
                if (IsLabelled(new Window(column, row, Math.Min(size, _scene.Width - column), Math.Min(size, _scene.Height - row))))
                    yield return new GridTile(top, left, row - top, column - left);
            }
        }
    }

    private int Around(Random random, int pixel, int length)
    {
        int low = Math.Max(0, pixel - _options.Size + 1), high = Math.Min(pixel, length - _options.Size);
        return high <= low ? Math.Max(0, Math.Min(low, length - _options.Size)) : random.Next(low, high + 1);
    }

    /// <summary>Copies a tile, mirrored and turned; beyond the image it is 0 and ignored.</summary>
    private (float[] Image, long[] Label) Cut(GridTile tile, TileOrientation orientation)
    {
        int size = _options.Size, area = size * size;
        float[] image = new float[_scene.Bands * area];
        long[] label = new long[area];
        Array.Fill(label, SceneArrays.Ignore);
        for (int y = 0; y < Math.Min(size, _scene.Height - tile.Top); y++)
        {
            for (int x = 0; x < Math.Min(size, _scene.Width - tile.Left); x++)
            {
                int from = (tile.Top + y) * _scene.Width + tile.Left + x, to = orientation.Place(y, x, size);
                for (int band = 0; band < _scene.Bands; band++)
                    image[band * area + to] = _image[band * _scene.Pixels + from];
                if (y >= tile.FirstRow && x >= tile.FirstColumn)
                    label[to] = _labels[from];
            }
        }

        return (image, label);
    }
}
