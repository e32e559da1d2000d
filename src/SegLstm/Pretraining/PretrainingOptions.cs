using SegLstm.Pretraining.Methods;

namespace SegLstm.Pretraining;

/// <summary>How an encoder is trained without labels. The defaults are GLCNet's: 400 epochs of batches of 256, Adam at 1e-3 with
/// betas 0.9 and 0.99, decay 1e-5 in the gradient, the rate falling by epochs along a cosine to 4e-8.</summary>
/// <remarks>Source: GeoX-Lab/G-RSIM, <c>main_ss.py</c>, its command-line defaults.</remarks>
public sealed record PretrainingOptions
{
    /// <summary>The method.</summary>
    public PretrainingMethodKind Method { get; init; } = PretrainingMethodKind.Glcnet;

    /// <summary>What GLCNet contrasts; other methods have their own published settings.</summary>
    public GlcNetOptions Glcnet { get; init; } = new();

    /// <summary>
    /// Side in pixels of the squares that <see cref="PretrainingMethodKind.Inpainting"/> erases and
    /// <see cref="PretrainingMethodKind.MaskedImage"/> hides; null: the published 16 and 32, which are for views of 224 pixels.
    /// </summary>
    public int? SquareSide { get; init; }

    /// <summary>Passes over the tiles.</summary>
    public int Epochs { get; init; } = 400;

    /// <summary>Tiles in a batch. The last, partial batch of an epoch is left out.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Learning rate of the first epoch.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>What the rate falls to: that of the epoch behind the last.</summary>
    public double MinimumRate { get; init; } = 4e-8;

    /// <summary>Adam's decay of the gradient's running mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the squared gradient's running mean.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Weight decay, added to the gradient of every parameter (L2).</summary>
    public double WeightDecay { get; init; } = 1e-5;

    /// <summary>Steps between lines of the run's metrics.jsonl.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>
    /// Passes between measurements of the features, where there is something to measure them with; the last pass always is one.
    /// </summary>
    public int ProbeEvery { get; init; } = 10;

    /// <summary>Root seed of the run's random streams.</summary>
    public long Seed { get; init; }

    /// <summary>The rate of an epoch, from 0: <c>m + (r - m)(1 + cos(πe/E))/2</c>.</summary>
    public double Rate(int epoch) =>
        MinimumRate + ((LearningRate - MinimumRate) * (1 + Math.Cos(Math.PI * epoch / Epochs)) / 2);

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var fault in Glcnet.Validate())
        {
            yield return $"Glcnet.{fault}";
        }

        if (!Enum.IsDefined(Method))
        {
            yield return $"Method is {Method}: expected one of {string.Join(", ", Enum.GetNames<PretrainingMethodKind>())}.";
        }

        foreach (var (name, count) in new[]
            {
                (nameof(Epochs), Epochs), (nameof(BatchSize), BatchSize), (nameof(LogEvery), LogEvery), (nameof(ProbeEvery), ProbeEvery),
            })
        {
            if (count < 1)
            {
                yield return $"{name} is {count}: expected at least 1.";
            }
        }

        if (SquareSide < 1) yield return $"SquareSide is {SquareSide}: expected at least 1, or null for the published one.";
        if (LearningRate is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"LearningRate is {LearningRate}: expected a positive number.";
        }

        if (!(MinimumRate >= 0 && MinimumRate <= LearningRate))
        {
            yield return $"MinimumRate is {MinimumRate}: expected 0 to LearningRate, {LearningRate}.";
        }

        foreach (var (name, beta) in new[] { (nameof(Beta1), Beta1), (nameof(Beta2), Beta2) })
        {
            if (beta is not (>= 0 and < 1))
            {
                yield return $"{name} is {beta}: expected 0 up to, but not including, 1.";
            }
        }

        if (WeightDecay is not (>= 0 and < double.PositiveInfinity))
        {
            yield return $"WeightDecay is {WeightDecay}: expected 0 or a positive number.";
        }
    }
}
