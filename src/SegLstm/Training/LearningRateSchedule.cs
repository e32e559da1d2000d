namespace SegLstm.Training;

/// <summary>
/// Linear warm-up followed by a polynomial, cosine or exponential decay, or by one in steps, as a factor of the base learning
/// rate, iteration by iteration or epoch by epoch.
/// The defaults are Seg-LSTM's recipe: 15,000 iterations, 1,500 of warm-up, poly with power 1.
/// </summary>
/// <remarks>
/// With T iterations of which W are warm-up, iteration t has the factor
/// <c>s + (1 - s) t / (W - 1)</c> for t &lt; W (s = <see cref="StartFactor"/>), and then
/// <c>m + (1 - m) d(p)</c> with p = (t - W) / (T - W - 1) and m = <see cref="MinimumFactor"/>, so that the first
/// iteration after the warm-up has the full rate and the last one of all has the minimum. This is what
/// mmengine's LinearLR and PolyLR do in sequence. In steps, d is <c>g^k</c> at iteration t, with g = <see cref="Gamma"/> and k
/// the number of milestones that are at most t (PyTorch's MultiStepLR).
/// By epochs of E iterations (<see cref="EpochIterations"/>), counted from the warm-up's end, all iterations of epoch e have one
/// factor: p = e / N for N epochs, so that the minimum is what the epoch behind the last would have, and exponentially
/// d = <c>g^e</c>. This is PyTorch's CosineAnnealingLR with T_max = N, its PolynomialLR and its ExponentialLR, stepped at the end
/// of each epoch.
/// </remarks>
public sealed record LearningRateSchedule
{
    /// <summary>Iterations of the whole run, warm-up included.</summary>
    public int Iterations { get; init; } = 15_000;

    /// <summary>Iterations of linear warm-up; 0 starts at the full rate.</summary>
    public int WarmupIterations { get; init; } = 1_500;

    /// <summary>Factor of iteration 0 when there is a warm-up.</summary>
    public double StartFactor { get; init; } = 1e-6;

    /// <summary>Shape of the decay.</summary>
    public Decay Decay { get; init; } = Decay.Poly;

    /// <summary>Exponent of <see cref="Training.Decay.Poly"/>.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Iterations from which on the rate is lower by <see cref="Gamma"/>, with <see cref="Training.Decay.Step"/>:
    /// rising, behind the warm-up.</summary>
    public IReadOnlyList<int> Milestones { get; init; } = [];

    /// <summary>What each milestone, or each epoch of <see cref="Training.Decay.Exponential"/>, multiplies the rate by.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>
    /// Iterations of an epoch, through which the rate stays: images of the training set by images of an iteration. Null lets the
    /// rate fall with every iteration.
    /// </summary>
    public int? EpochIterations { get; init; }

    /// <summary>Factor of the last iteration; in steps, exponentially and by epochs, what the factor falls towards.</summary>
    public double MinimumFactor { get; init; }

    /// <summary>The factor that multiplies the base learning rate at an iteration.</summary>
    /// <param name="iteration">0-based; iterations past the end keep the last factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The iteration is negative.</exception>
    public double Factor(int iteration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        if (iteration < WarmupIterations)
        {
            return WarmupIterations == 1
                ? 1
                : StartFactor + (1 - StartFactor) * iteration / (WarmupIterations - 1);
        }

        int decaying = Iterations - WarmupIterations, done = Math.Min(iteration - WarmupIterations, decaying - 1);
        int epoch = done / (EpochIterations ?? 1);
        double progress = EpochIterations is { } length
            ? epoch / Math.Ceiling((double)decaying / length) : (double)done / Math.Max(1, decaying - 1);
        double fall = Decay switch
        {
            Decay.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
            Decay.Step => Math.Pow(Gamma, Milestones.Count(milestone => milestone <= iteration)),
            Decay.Exponential => Math.Pow(Gamma, epoch),
            _ => Math.Pow(1 - progress, Power),
        };
        return MinimumFactor + (1 - MinimumFactor) * fall;
    }

    /// <summary>Everything that is wrong with this schedule, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Iterations < 1) yield return $"Iterations is {Iterations}: expected at least 1.";
        if (WarmupIterations < 0 || WarmupIterations >= Math.Max(1, Iterations))
        {
            yield return $"WarmupIterations is {WarmupIterations}: expected 0 to {Math.Max(0, Iterations - 1)}, fewer than the "
                + $"{Iterations} iterations of the run.";
        }

        if (StartFactor is not (>= 0 and <= 1)) yield return $"StartFactor is {StartFactor}: expected 0 to 1.";
        if (MinimumFactor is not (>= 0 and <= 1)) yield return $"MinimumFactor is {MinimumFactor}: expected 0 to 1.";
        if (Gamma is not (> 0 and <= 1)) yield return $"Gamma is {Gamma}: expected above 0 up to 1.";
        if ((Decay == Decay.Step) != (Milestones.Count > 0))
        {
            yield return $"Milestones has {Milestones.Count} iterations and Decay is {Decay}: expected some with Step, else none.";
        }
        if (Milestones.Zip(Milestones.Skip(1)).Any(pair => pair.First >= pair.Second)
            || Milestones.Any(milestone => milestone <= WarmupIterations || milestone >= Iterations))
        {
            yield return $"Milestones is {string.Join(", ", Milestones)}: expected rising iterations behind the warm-up of "
                + $"{WarmupIterations} and before the {Iterations} of the run.";
        }
        if (EpochIterations < 1) yield return $"EpochIterations is {EpochIterations}: expected at least 1, or null.";
        if (Decay == Decay.Step && EpochIterations is not null)
        {
            yield return $"EpochIterations is {EpochIterations} and Decay is Step: milestones are iterations; expected null.";
        }
        if (Decay == Decay.Exponential && EpochIterations is null)
        {
            yield return "EpochIterations is null and Decay is Exponential: expected the iterations of an epoch, each of which "
                + "multiplies the rate by Gamma; 1 for every iteration.";
        }
        if (Power is not > 0) yield return $"Power is {Power}: expected a positive number.";
    }
}
