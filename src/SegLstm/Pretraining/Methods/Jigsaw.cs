using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Pretraining.Networks;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>Jigsaw: nine pieces of an image are permuted, and the network tells by which of some permutations.</summary>
/// <remarks>
/// <para>A piece is a square inside a ninth of the view, at a random place with some of the ninth left around it, so that edges
/// do not give the order away. Each passes the trunk; the coarse map is averaged to 3×3, <c>fc5</c> makes 256 values of it,
/// <c>fc6</c> of all nine pieces 1024, <c>classifier</c> the logits. First views are cut, second ones not used.</para>
/// <para>Deviations from the authors' code: the permutations (<see cref="JigsawPermutations"/>), and all pieces pass the trunk at
/// once, so that batch norms see all nine places. Source: arXiv 1603.09246; GeoX-Lab/G-RSIM,
/// <c>models/v3p_jigsaw_encoder.py</c>.</para>
/// </remarks>
public sealed class Jigsaw : PretrainingMethod
{
    private const int Side = 3, Pieces = Side * Side, Described = 256, Joined = 1024;
    private const double Dropout = 0.1, LargestPiece = 7.0 / 8;

    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly Sequential fc5;
    private readonly Sequential fc6;
    private readonly Sequential classifier;
    private readonly Trunk trunk;
    private readonly int[][] permutations;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="permutations">Permutations to tell apart; choosing 1000 takes seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many permutations of nine.</exception>
    public Jigsaw(Trunk trunk, int permutations = 1000) : base(nameof(Jigsaw))
    {
        (this.trunk, backbone, encoder) = (trunk, trunk.Backbone, trunk.Encoder);
        this.permutations = JigsawPermutations.Choose(Pieces, permutations);
        fc5 = nn.Sequential(nn.Linear(trunk.Channels * Pieces, Described), nn.ReLU(), nn.Dropout(Dropout));
        fc6 = nn.Sequential(nn.Linear(Described * Pieces, Joined), nn.ReLU(), nn.Dropout(Dropout));
        classifier = nn.Sequential(nn.Linear(Joined, permutations));
        RegisterComponents();
    }

    /// <summary>First views to the loss.</summary>
    /// <exception cref="ArgumentException">A piece would be smaller than what the backbone takes.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        var count = batch.First.shape[0];
        var seeds = new SeedStreams(batch.Seed);
        var draws = Enumerable.Range(0, (int)count).Select(image => seeds.Draw("jigsaw", 0, image)).ToArray();
        long[] labels = [.. draws.Select(random => random.NextInt64(permutations.Length))];
        var size = (PieceSide(batch.First.shape[2]), PieceSide(batch.First.shape[3]));
        var pieces = cat(
            [.. draws.Select((random, image) => Cut(batch.First[image], permutations[labels[image]], size, random))], 0);
        var described = fc5.call(nn.functional.adaptive_avg_pool2d(trunk.Encode(pieces).Coarse, Side).flatten(1));
        var logits = classifier.call(fc6.call(described.view(count, -1)));
        var truth = tensor(labels).to(logits.device);
        return new PretrainingLoss(nn.functional.cross_entropy(logits, truth).MoveToOuterDisposeScope());
    }

    /// <summary>An image <c>(bands, H, W)</c> to its pieces in a permutation's order, <c>(9, bands, h, w)</c>.</summary>
    private static Tensor Cut(Tensor image, int[] permutation, (int Rows, int Columns) size, Random random)
    {
        var (rows, columns) = ((int)image.shape[1] / Side, (int)image.shape[2] / Side);
        var pieces = new Tensor[Pieces];
        for (var piece = 0; piece < Pieces; piece++)
        {
            var top = (piece / Side * rows) + random.Next(rows - size.Rows + 1);
            var left = (piece % Side * columns) + random.Next(columns - size.Columns + 1);
            pieces[piece] = image.narrow(1, top, size.Rows).narrow(2, left, size.Columns);
        }

        return stack([.. permutation.Select(piece => pieces[piece])]);
    }

    private int PieceSide(long viewSide)
    {
        var (third, multiple) = (viewSide / Side, backbone.SizeMultiple);
        var side = (int)(third * LargestPiece) / multiple * multiple;
        return side > 0 ? side : throw new ArgumentException(
            $"A ninth of a view of {viewSide} pixels leaves no piece of {multiple}, which {backbone.GetName()} needs: give views "
            + $"of at least {Math.Ceiling(multiple / LargestPiece) * Side} pixels.");
    }
}
