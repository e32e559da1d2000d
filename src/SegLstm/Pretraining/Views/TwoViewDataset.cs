using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Views;

/// <summary>
/// Two views of each of many unlabelled tiles, for contrastive pretraining: <c>"first"</c> and <c>"second"</c>, float32
/// (bands, size, size) from -1.6 to 1.6, and <c>"first_index"</c> and <c>"second_index"</c>, int64 (size, size), which say for
/// each pixel the pixel of the tile it stands for, as row * tile side + column.
/// </summary>
/// <remarks>
/// GLCNet's recipe, see <see cref="ViewOptions"/>. A byte x becomes x / 255 * 3.2 - 1.6. Pixels of a view are mixed from four of
/// the tile's; the index names the one that nearest-neighbour resizing takes. The views of item i in epoch e depend on the seed,
/// e and i alone, so that any number of workers gives the same, in any order. Samples that are no bytes are scaled:
/// <see cref="ByteScaling.Of(IReadOnlyList{Scene})"/>.
/// </remarks>
public sealed class TwoViewDataset : EpochDataset
{
    private readonly TileSource _tiles;
    private readonly ViewMaker _maker;
    private readonly SeedStreams _seeds;
    private readonly BandStatistics[]? _statistics;

    /// <summary>Prepares the tiles of some scenes.</summary>
    /// <param name="scenes">At least one, all of as many bands, none smaller than a tile; they are copied as bytes.</param>
    /// <param name="options">Null for the paper's.</param>
    /// <param name="scaling">How samples become bytes; null measures the scenes.</param>
    /// <exception cref="ArgumentException">Wrong options (all are named), no scene, other bands, or a scene smaller than a
    /// tile.</exception>
    public TwoViewDataset(IReadOnlyList<Scene> scenes, ViewOptions? options = null, ByteScaling? scaling = null)
        : this([.. (scenes ?? throw new ArgumentNullException(nameof(scenes))).Select(SceneArrays.Of)], options, scaling)
    {
    }

    /// <summary>Prepares tiles of arrays.</summary>
    /// <param name="scenes">As for the public constructor.</param>
    /// <param name="options">Null for the paper's.</param>
    /// <param name="scaling">How samples become bytes; null measures the scenes.</param>
    /// <param name="statistics">Of each scene, to normalise its views with as a model's other images are; null for the authors'
    /// way.</param>
    /// <param name="knownOnly">Whether tiles are only cut where every pixel is known.</param>
    internal TwoViewDataset(
        SceneArrays[] scenes, ViewOptions? options, ByteScaling? scaling, BandStatistics[]? statistics = null, bool knownOnly = false)
    {
        Options = options ?? new ViewOptions();
        string[] faults = [.. Options.Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults), nameof(options));
        ByteScaling.RequireSameBands(scenes);
        Scaling = scaling ?? ByteScaling.Of(scenes);
        _tiles = new TileSource(scenes, Scaling, Options, knownOnly);
        _statistics = statistics;
        (_maker, _seeds) = (new ViewMaker(Options), new SeedStreams(Options.Seed));
        Provenance = string.Join(" ", scenes.Select(scene => scene.Provenance).Distinct());
    }

    /// <summary>
    /// The scenes of <see cref="OfCatalog"/> where none are named: the 20 m composites of CBERS-2 and CBERS-2B, and Olinda by
    /// Landsat 7. All have three bands of bytes, but not the same ones (red, near infrared, green; and blue, green, red).
    /// </summary>
    public static IReadOnlyList<string> DefaultScenes { get; } = ["cbers-1", "cbers-2", "cbers-3", "cbers-2b", "olinda"];

    /// <summary>Number of tiles in an epoch.</summary>
    public override long Count => _tiles.Count;

    /// <summary>Bands of a view.</summary>
    public int Bands => _tiles.Bands;

    /// <summary>How views are made.</summary>
    public ViewOptions Options { get; }

    /// <summary>How samples became bytes.</summary>
    public ByteScaling Scaling { get; }

    /// <summary>Where the pictures are from.</summary>
    public string Provenance { get; }

    /// <summary>Tiles of installed scenes.</summary>
    /// <param name="names">Names of <see cref="SceneCatalog"/>; null for <see cref="DefaultScenes"/>.</param>
    /// <param name="options">Null for the paper's.</param>
    /// <exception cref="KeyNotFoundException">There is no such scene; the message lists all.</exception>
    /// <exception cref="FileNotFoundException">One is not installed; the message says what to run.</exception>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static TwoViewDataset OfCatalog(IReadOnlyList<string>? names = null, ViewOptions? options = null) =>
        new([.. (names ?? DefaultScenes).Select(SceneCatalog.LoadArrays)], options, null);

    /// <summary>Tiles of raster files, of any sample type.</summary>
    /// <param name="paths">The files, all of as many bands.</param>
    /// <param name="options">Null for the paper's.</param>
    /// <param name="scaling">How samples become bytes; null measures the files.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="RasterException">A file is refused or damaged.</exception>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static TwoViewDataset Open(IReadOnlyList<string> paths, ViewOptions? options = null, ByteScaling? scaling = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new([.. paths.Select(Read)], options, scaling);
    }

    /// <summary>The views of one tile.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "first", "second", "first_index" and "second_index".</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var (first, second, image) = Views(index);
        BandStatistics? statistics = _statistics?[image];
        long size = Options.Size;
        return new Dictionary<string, Tensor>
        {
            ["first"] = tensor(Normalised(first.Image, statistics), [Bands, size, size]),
            ["second"] = tensor(Normalised(second.Image, statistics), [Bands, size, size]),
            ["first_index"] = tensor(first.Index, [size, size]),
            ["second_index"] = tensor(second.Index, [size, size]),
        };
    }

    /// <summary>The views as bytes, and which scene they are of.</summary>
    internal (View First, View Second, int Scene) Views(long index)
    {
        var (tile, scene) = Cut(index);
        Random first = _seeds.Draw("first view", Epoch, index), second = _seeds.Draw("second view", Epoch, index);
        return (Options.Symmetric ? _maker.Changed(tile, first) : _maker.Cropped(tile, first), _maker.Changed(tile, second), scene);
    }

    /// <summary>The tile that views are cut from.</summary>
    internal ByteImage Tile(long index) => Cut(index).Tile;

    /// <summary>A raster file's samples.</summary>
    internal static SceneArrays Read(string path)
    {
        using var raster = Raster.Open(path);
        float[] samples = raster.ReadArray<float>();
        int pixels = raster.Width * raster.Height;
        return new SceneArrays
        {
            Name = Path.GetFileName(path),
            Height = raster.Height,
            Width = raster.Width,
            Image = samples,
            BandNames = raster.BandNames,
            Known = raster.NoData is { } none ? [.. Enumerable.Range(0, pixels).Select(i => samples[i] != (float)none)] : null,
            Provenance = $"{Path.GetFileName(path)}.",
        };
    }

    private (ByteImage Tile, int Image) Cut(long index) => _tiles.Cut(index, _seeds.Draw("view tile", Epoch, index));

    private float[] Normalised(ByteImage image, BandStatistics? statistics)
    {
        if (statistics is null) return Array.ConvertAll(image.Samples, sample => sample / 255f * 3.2f - 1.6f);
        float[] values = new float[image.Samples.Length];
        for (int band = 0; band < image.Bands; band++)
        {
            double low = Scaling.Low[band], step = (Scaling.High[band] - low) / 255;
            float mean = statistics.Mean[band], deviation = statistics.Std[band];
            for (int i = band * image.Pixels; i < (band + 1) * image.Pixels; i++)
                values[i] = ((float)(low + step * image.Samples[i]) - mean) / deviation;
        }

        return values;
    }
}
