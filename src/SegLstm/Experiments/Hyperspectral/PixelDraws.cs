using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Splits;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>The draws of a comparison: random pixels, as most papers take them, beside spatially disjoint ones.</summary>
public static class PixelDraws
{
    /// <summary>Pixels at random.</summary>
    public const string Random = "random";

    /// <summary>Training pixels out of other blocks than those to be judged, windows that share no pixel.</summary>
    public const string Disjoint = "disjoint";

    /// <summary>Draws of both kinds; within a share of labels the kinds take turns, so that what is done first has both.</summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="shares">Shares of each class's labelled pixels to learn from.</param>
    /// <param name="draws">How many of each kind; their numbers are the seeds.</param>
    /// <param name="window">Widest window of the models compared.</param>
    /// <param name="blockSize">Side of a block of disjoint draws, in pixels.</param>
    /// <exception cref="ArgumentException">The scene has no labels, or nothing would be left to judge by.</exception>
    public static IReadOnlyList<PixelDraw> Of(
        HyperspectralScene scene, IReadOnlyList<double> shares, int draws, int window = 3, int blockSize = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        PixelDraw Named(string kind, double share, int number, PixelSplit split) =>
            new(kind, share, number, split.Train, split.Test);
        return
        [
            .. from share in shares
               let budget = LabelBudget.Share(share)
               from number in Enumerable.Range(0, draws)
               from draw in new[]
               {
                   Named(Random, share, number, PixelSplits.Random(scene, budget, number)),
                   Named(Disjoint, share, number, PixelSplits.Disjoint(scene, budget, window, number, blockSize)),
               }
               select draw,
        ];
    }
}
