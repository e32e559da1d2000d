using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>Tile2Vec: a tile's vector shall be nearer to that of its neighbour than to that of a distant tile.</summary>
/// <remarks>
/// A tile is a first view, its neighbour the second view of the same tile, the distant one the second view of the tile before it
/// in the batch (batches are shuffled). So what is near is decided by who makes the views: crops of one tile here, tiles a few
/// hundred metres apart in the paper. The vector is the mean of the coarse map. Names <c>backbone, encoder</c>.
/// It is in no code of GLCNet's authors. Source: Tile2Vec (arXiv 1805.02855).
/// </remarks>
public sealed class Tile2Vec : PretrainingMethod
{
    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly Trunk trunk;
    private readonly Tile2VecLoss triplet;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="margin">How much nearer the neighbour shall be.</param>
    /// <param name="penalty">The price of a vector's length.</param>
    public Tile2Vec(Trunk trunk, double margin = 10, double penalty = 0.01) : base(nameof(Tile2Vec))
    {
        (this.trunk, backbone, encoder) = (trunk, trunk.Backbone, trunk.Encoder);
        triplet = new Tile2VecLoss(margin, penalty);
        RegisterComponents();
    }

    /// <summary>Two views of at least two tiles to the loss.</summary>
    /// <exception cref="ArgumentException">There is one tile only, so that none is distant.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        if (batch.First.shape[0] < 2)
        {
            throw new ArgumentException(
                "Tile2Vec takes the distant tile from the batch, which has one tile: give at least two.", nameof(batch));
        }

        using var scope = NewDisposeScope();
        var (anchor, neighbour) = (trunk.Encode(batch.First).Mean, trunk.Encode(batch.Second).Mean);
        return new PretrainingLoss(triplet.call(anchor, neighbour, neighbour.roll(1, 0)).MoveToOuterDisposeScope());
    }
}
