using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// What features tell without any training: each item gets the class that its k nearest labelled items vote for, by cosine
/// similarity s with weights exp(s / temperature).
/// </summary>
/// <remarks>Z. Wu et al.: Unsupervised Feature Learning via Non-Parametric Instance Discrimination (2018), section 3.4, and
/// MoCo's monitors, whose k is 200 and temperature 0.07. Of equal votes the lower class wins.</remarks>
/// <param name="Neighbours">k; where there are fewer labelled items all of them vote.</param>
/// <param name="Temperature">The lower, the more the very nearest count.</param>
public sealed record NeighbourProbe(int Neighbours = 200, double Temperature = 0.07)
{
    /// <summary>Counts what the labelled items of one set say of another set.</summary>
    /// <param name="train">Items that vote.</param>
    /// <param name="test">Items that are classified, others than those.</param>
    /// <exception cref="ArgumentException">Other dimensions or classes, or a k or temperature that is not positive.</exception>
    public ConfusionMatrix Evaluate(LabelledFeatures train, LabelledFeatures test)
    {
        if (Neighbours < 1 || Temperature is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException(
                $"Neighbours is {Neighbours} and Temperature is {Temperature}: expected at least 1, and a positive number.");
        }

        LabelledFeatures.RequireAlike(train, test);
        FeatureRows voters = FeatureRows.Of(train.Features, nameof(train)).Normalised(nameof(train));
        FeatureRows asked = FeatureRows.Of(test.Features, nameof(test)).Normalised(nameof(test));
        var found = Probes.Neighbours.Of(asked, voters, Math.Min(Neighbours, voters.Count));

        int[] guesses = [.. found.Select(neighbours =>
        {
            double[] votes = new double[train.Classes];
            // Less the best one's, so that no weight overflows.
            foreach (var (item, similarity) in neighbours)
                votes[train.Labels[item]] += Math.Exp((similarity - neighbours[0].Similarity) / Temperature);
            return Array.IndexOf(votes, votes.Max());
        })];
        var matrix = new ConfusionMatrix(train.Classes);
        matrix.Add<int, int>(guesses, [.. test.Labels]);
        return matrix;
    }
}
