namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate falls when a metric stops getting better.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _smallerIsBetter, _relative;
                    private readonly double _factor, _threshold, _eps;
                    private readonly int _patience, _cooldown;
                    private readonly List<double> _leastRates;
                    private double _best;
                    private int _coolingEpochs, _badEpochs;

                    /// <summary>The rate falls by <paramref name="factor"/> after more than <paramref name="patience"/> epochs without a better metric.</summary>
                    /// <param name="optimizer">The optimizer.</param>
                    /// <param name="mode">"min" or "max": which metric is better.</param>
                    /// <param name="factor">What the rate is multiplied by; below 1.</param>
                    /// <param name="patience">How many epochs without a better metric are borne.</param>
                    /// <param name="threshold">How much better counts.</param>
                    /// <param name="threshold_mode">"rel" (a share of the best) or "abs".</param>
                    /// <param name="cooldown">How many epochs after a fall do not count.</param>
                    /// <param name="min_lr">The least rate, one for all groups or one each; 0 where null.</param>
                    /// <param name="eps">A smaller change of the rate is not made.</param>
                    /// <param name="verbose">Whether changes are printed.</param>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1) throw new ArgumentException($"The factor must be below 1; got {factor}.", nameof(factor));
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode is 'min' or 'max'; got '{mode}'.", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold_mode is 'rel' or 'abs'; got '{threshold_mode}'.", nameof(threshold_mode));
                        (_smallerIsBetter, _relative) = (mode == "min", threshold_mode == "rel");
                        (_factor, _threshold, _eps, _patience, _cooldown) = (factor, threshold, eps, patience, cooldown);
                        _leastRates = min_lr is null or [] ? Enumerable.Repeat(0.0, BaseRates.Count).ToList()
                            : min_lr.Count == 1 ? Enumerable.Repeat(min_lr[0], BaseRates.Count).ToList() : min_lr.ToList();
                        if (_leastRates.Count != BaseRates.Count) throw new ArgumentException($"min_lr takes one number or one a group; got {_leastRates.Count} for {BaseRates.Count} groups.", nameof(min_lr));
                        _best = _smallerIsBetter ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    /// <summary>Not for this schedule, which needs the metric.</summary>
                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau needs the metric: call step(metric).");

                    /// <summary>Not for this schedule, which needs the metric.</summary>
                    public override void step(int? epoch) => step();

                    /// <summary>Takes an epoch's metric and lowers the rates where it is time to.</summary>
                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        if (IsBetter(current)) (_best, _badEpochs) = (current, 0);
                        else _badEpochs++;
                        if (_coolingEpochs > 0) (_coolingEpochs, _badEpochs) = (_coolingEpochs - 1, 0);
                        if (_badEpochs <= _patience) return;
                        (_coolingEpochs, _badEpochs) = (_cooldown, 0);
                        Apply(Controlled.ParamGroups.Zip(_leastRates, Lowered).ToList());
                    }

                    private double Lowered(ILearningRateController group, double least)
                    {
                        var lowered = Math.Max(group.LearningRate * _factor, least);
                        return group.LearningRate - lowered > _eps ? lowered : group.LearningRate;
                    }

                    private bool IsBetter(double metric) => (_smallerIsBetter, _relative) switch
                    {
                        (true, true) => metric < _best * (1 - _threshold),
                        (true, false) => metric < _best - _threshold,
                        (false, true) => metric > _best * (1 + _threshold),
                        (false, false) => metric > _best + _threshold,
                    };
                }
            }
        }
    }
}
