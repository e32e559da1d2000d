using SegLstm.Data;
using SegLstm.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining;

/// <summary>Synthetic tiles, each of its own colours and stripes, and two overlapping crops of each as views; the second is
/// noisier.</summary>
internal sealed class TileViews(int count, int side = TileViews.Side, int bands = 3) : EpochDataset
{
    public const int Side = 64;
    private const int Margin = 16;

    public override long Count => count;

    /// <summary>The first tiles as a batch.</summary>
    public static ViewBatch Batch(int size, long seed = 1, int side = Side, int bands = 3, ScalarType type = ScalarType.Float32)
    {
        var views = new TileViews(size, side, bands);
        Dictionary<string, Tensor>[] items = [.. Enumerable.Range(0, size).Select(i => views.GetTensor(i))];
        Tensor Stack(string key) => stack(items.Select(item => item[key]).ToArray());
        return new ViewBatch(Stack("first").to(type), Stack("second").to(type), seed)
        {
            FirstIndex = Stack("first_index"), SecondIndex = Stack("second_index"),
        };
    }

    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        var tile = side + Margin;
        var random = new Random((int)(1000 * Epoch + index));
        var generator = new Generator((ulong)(100 + index));
        var (rows, columns) = (arange(tile).to(ScalarType.Float32).unsqueeze(1), arange(tile).to(ScalarType.Float32).unsqueeze(0));
        var stripes = ((rows * (0.1 + (0.07 * index))) + (columns * (0.5 - (0.06 * index)))).sin();
        var image = (0.6 * stripes) + (0.5 * randn([bands, 1, 1], generator: generator))
            + (0.1 * randn([bands, tile, tile], generator: generator));
        var ids = arange(tile * tile).view(tile, tile);
        var (first, second) = ((random.Next(Margin + 1), random.Next(Margin + 1)), (random.Next(Margin + 1), random.Next(Margin + 1)));
        return new Dictionary<string, Tensor>
        {
            ["first"] = Crop(image, first).contiguous(),
            ["second"] = Crop(image, second) + (0.1 * randn([bands, side, side], generator: generator)),
            ["first_index"] = Crop(ids, first).contiguous(),
            ["second_index"] = Crop(ids, second).contiguous(),
        };
    }

    private Tensor Crop(Tensor map, (int Top, int Left) at) =>
        map.narrow(map.dim() - 2, at.Top, side).narrow(map.dim() - 1, at.Left, side);
}
