using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Classification;

/// <summary>
/// Tiles of a labelled scene, each of the class that most of its pixels have: what stands in for pictures where none are at hand.
/// Training tiles are random crops of the training blocks, flipped and turned; the others lie side by side.
/// </summary>
/// <param name="scene">A labelled scene, disposed with this.</param>
/// <param name="blocks">Who gets which pixel: pixels of other splits read as the mean in every tile.</param>
/// <param name="size">Side of a tile in pixels.</param>
/// <param name="least">The least tiles of an epoch.</param>
/// <param name="seed">Says which crops.</param>
public sealed class SceneTileData(Scene scene, SpatialBlocks blocks, int size, int least, long seed) : ClassificationData
{
    private readonly Dictionary<Split, IReadOnlyList<long>> _counts = [];

    /// <inheritdoc />
    public override string Name => scene.Name;

    /// <inheritdoc />
    public override IReadOnlyList<string> ClassNames => scene.Legend.Names;

    /// <inheritdoc />
    public override IReadOnlyList<string> Bands => scene.BandNames;

    /// <inheritdoc />
    public override IReadOnlyList<int> DisplayBands => scene.DisplayBands;

    /// <inheritdoc />
    public override BandStatistics Statistics { get; } = BandStatistics.Of(scene, blocks);

    /// <inheritdoc />
    public override utils.data.Dataset? Of(Split split) => split != Split.Train ? Grid(split) : Tiles(split, new TileOptions
    {
        Size = size, Seed = seed,
        RandomCrops = Math.Max(least, blocks.Blocks(Split.Train).Sum(block => block.Width * block.Height) / (size * size)),
    });

    /// <inheritdoc />
    public override IReadOnlyList<long> Counts(Split split)
    {
        if (_counts.TryGetValue(split, out IReadOnlyList<long>? known)) return known;
        long[] counts = new long[scene.Legend.Count];
        using MajorityTiles? tiles = blocks.Blocks(split).Count == 0 ? null : Grid(split);
        for (long i = 0; i < (tiles?.Count ?? 0); i++)
        {
            using var scope = NewDisposeScope();
            counts[tiles!.GetTensor(i)["label"].item<long>()]++;
        }

        return _counts[split] = counts;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) scene.Dispose();
    }

    private MajorityTiles Grid(Split split) => Tiles(split, new TileOptions { Size = size });

    private MajorityTiles Tiles(Split split, TileOptions options) => new(new TileDataset(scene, blocks, split, options, Statistics));
}
