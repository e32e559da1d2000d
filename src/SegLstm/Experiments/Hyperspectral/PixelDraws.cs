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

    /// <summary>The split that was published with the scene.</summary>
    public const string Published = "published";

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
        return
        [
            .. from share in shares
               from number in Enumerable.Range(0, draws)
               from kind in new[] { Random, Disjoint }
               select One(scene, kind, share, number, window, blockSize),
        ];
    }

    /// <summary>One draw.</summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="kind"><see cref="Random"/>, <see cref="Disjoint"/> or <see cref="Published"/>.</param>
    /// <param name="share">Share of each class's labelled pixels to learn from; a published split has its own.</param>
    /// <param name="number">The seed.</param>
    /// <param name="window">Widest window of the models.</param>
    /// <param name="blockSize">Side of a block of disjoint draws, in pixels.</param>
    /// <exception cref="ArgumentException">The scene has no labels or no such split, or nothing would be left to judge by.</exception>
    public static PixelDraw One(
        HyperspectralScene scene, string kind, double share, int number, int window = 3, int blockSize = 16)
    {
        PixelSplit split = kind switch
        {
            Random => PixelSplits.Random(scene, LabelBudget.Share(share), number),
            Disjoint => PixelSplits.Disjoint(scene, LabelBudget.Share(share), window, number, blockSize),
            Published => scene.OfficialSplit
                ?? throw new ArgumentException($"'{scene.Name}' comes with no published split: take {Random} or {Disjoint}.", nameof(kind)),
            _ => throw new ArgumentException($"There is no split '{kind}': expected {Random}, {Disjoint} or {Published}.", nameof(kind)),
        };
        return new PixelDraw(kind, kind == Published ? split.Train.Length / (double)(split.Train.Length + split.Test.Length) : share,
            number, split.Train, split.Test);
    }
}
