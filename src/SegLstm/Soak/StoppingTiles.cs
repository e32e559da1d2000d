using SegLstm.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>Tiles that cancel a run with a given image: if it is the last of a batch, the run stops behind that.</summary>
internal sealed class StoppingTiles(EpochDataset tiles, int images, CancellationTokenSource stop) : EpochDataset
{
    private int _asked;

    public override long Count => tiles.Count;

    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        if (++_asked == images) stop.Cancel();
        tiles.Epoch = Epoch;
        return tiles.GetTensor(index);
    }
}
