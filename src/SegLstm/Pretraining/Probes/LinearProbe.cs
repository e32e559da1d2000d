using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// What a linear classifier reads out of features: ridge regression of one number a class (1 where an item has it, else 0) on
/// standardised features, solved in closed form, the greatest number naming the class.
/// </summary>
/// <remarks>
/// With X the training features less mean, over deviation (1 where a dimension is constant), of n items, and Y the numbers less
/// their mean: W = (X'X / n + penalty I)^-1 X'Y / n. No step size, no epochs and no random numbers, so that a difference
/// between two probes is one of features. Papers train logistic regression as a rule: theirs are other numbers.
/// </remarks>
/// <param name="Penalty">Positive; the features being standardised, the default suits any scale.</param>
public sealed record LinearProbe(double Penalty = 0.01)
{
    /// <summary>Learns from the labelled items of one set and counts what it says of another set.</summary>
    /// <param name="train">Items that are learnt from.</param>
    /// <param name="test">Items that are classified, others than those.</param>
    /// <exception cref="ArgumentException">Other dimensions or classes, or a penalty that is not positive.</exception>
    public ConfusionMatrix Evaluate(LabelledFeatures train, LabelledFeatures test)
    {
        if (Penalty is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentException($"Penalty is {Penalty}: expected a positive number.");
        LabelledFeatures.RequireAlike(train, test);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor x = FeatureRows.Of(train.Features, nameof(train)).ToTensor(), z = FeatureRows.Of(test.Features, nameof(test)).ToTensor();
        Tensor mean = x.mean([0L]), centred = x - mean;
        Tensor deviation = centred.square().mean([0L]).sqrt();
        // A constant dimension is left with the rounding errors of its mean.
        Tensor scale = deviation.masked_fill(deviation.le(1e-12 * x.abs().amax([0L])), 1);
        x = centred / scale;

        double[] ones = new double[train.Labels.Count * train.Classes];
        for (int i = 0; i < train.Labels.Count; i++) ones[i * train.Classes + train.Labels[i]] = 1;
        Tensor y = tensor(ones, [train.Labels.Count, train.Classes]), offset = y.mean([0L]);
        Tensor gram = x.t().matmul(x) / train.Labels.Count + Penalty * eye(x.shape[1], dtype: ScalarType.Float64);
        Tensor weights = linalg.solve(gram, x.t().matmul(y - offset) / train.Labels.Count);

        Tensor guesses = (((z - mean) / scale).matmul(weights) + offset).argmax(1);
        var matrix = new ConfusionMatrix(train.Classes);
        matrix.Add<long, int>(guesses.data<long>().ToArray(), [.. test.Labels]);
        return matrix;
    }
}
