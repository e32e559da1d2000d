namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate rises once and then falls far below where it began (Smith and Topin 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    /// <summary>The shape of rise and fall.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,

                        /// <summary>A straight line.</summary>
                        Linear,
                    }

                    private readonly int _totalSteps;
                    private readonly AnnealStrategy _shape;
                    private readonly Phase[] _phases;
                    private readonly Dictionary<Level, List<double>> _rates;
                    private readonly Dictionary<Level, List<double>>? _momentums;

                    /// <summary>The same greatest rate for all groups.</summary>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, ForAll(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, ForAll(optimizer, base_momentum), ForAll(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    /// <summary>A greatest rate for each group.</summary>
                    /// <param name="optimizer">The optimizer; with <paramref name="cycle_momentum"/> one that has momentum or betas.</param>
                    /// <param name="max_lr">The greatest rate of each group.</param>
                    /// <param name="total_steps">All steps; or give <paramref name="epochs"/> and <paramref name="steps_per_epoch"/>.</param>
                    /// <param name="epochs">Epochs.</param>
                    /// <param name="steps_per_epoch">Steps an epoch.</param>
                    /// <param name="pct_start">The rise's share of all steps.</param>
                    /// <param name="anneal_strategy">The shape of rise and fall.</param>
                    /// <param name="cycle_momentum">Whether the momentum falls while the rate rises.</param>
                    /// <param name="base_momentum">The least momentum of each group; 0.85 where null.</param>
                    /// <param name="max_momentum">The greatest momentum of each group; 0.95 where null.</param>
                    /// <param name="div_factor">The greatest rate over the first.</param>
                    /// <param name="final_div_factor">The first rate over the last.</param>
                    /// <param name="three_phase">Whether the fall mirrors the rise before it goes on.</param>
                    /// <param name="last_epoch">The step to go on after.</param>
                    /// <param name="verbose">Whether changes are printed.</param>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (pct_start is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(pct_start), pct_start, "The rise's share lies from 0 to 1.");
                        _totalSteps = total_steps != -1 ? total_steps : epochs * steps_per_epoch;
                        if (total_steps == -1 && (epochs <= 0 || steps_per_epoch <= 0) || _totalSteps <= 0)
                            throw new ArgumentException($"Give total_steps, or epochs and steps_per_epoch, above 0; got {total_steps}, {epochs} and {steps_per_epoch}.");
                        _shape = anneal_strategy;

                        var greatest = max_lr.ToList();
                        var first = greatest.Select(rate => rate / div_factor).ToList();
                        _rates = new() { [Level.First] = first, [Level.High] = greatest, [Level.Low] = first.Select(rate => rate / final_div_factor).ToList() };
                        if (cycle_momentum)
                        {
                            if (optimizer is not (IMomentum or IBetas)) throw new ArgumentException("cycle_momentum needs an optimizer with momentum or betas. Pass cycle_momentum: false for others.", nameof(optimizer));
                            _momentums = new() { [Level.Low] = (base_momentum ?? ForAll(optimizer, 0.85)).ToList(), [Level.High] = (max_momentum ?? ForAll(optimizer, 0.95)).ToList() };
                        }
                        var rise = new Phase(pct_start * _totalSteps - 1, Level.First, Level.High, Level.High, Level.Low);
                        _phases = three_phase
                            ? [rise, new(2 * pct_start * _totalSteps - 2, Level.High, Level.First, Level.Low, Level.High), new(_totalSteps - 1, Level.First, Level.Low, Level.High, Level.High)]
                            : [rise, new(_totalSteps - 1, Level.High, Level.Low, Level.Low, Level.High)];
                        step();
                    }

                    private enum Level
                    {
                        First,
                        High,
                        Low,
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > _totalSteps) throw new InvalidOperationException($"The schedule has {_totalSteps} steps; this is step {LastEpoch + 1}.");
                        var current = Array.FindIndex(_phases, phase => LastEpoch <= phase.End);
                        if (current < 0) current = _phases.Length - 1;
                        var begin = current == 0 ? 0 : _phases[current - 1].End;
                        var phase = _phases[current];
                        var share = (LastEpoch - begin) / (phase.End - begin);
                        if (_momentums is not null)
                            foreach (var (k, group) in Controlled.ParamGroups.Index())
                                SetMomentum(group, Between(_momentums[phase.MomentumFrom][k], _momentums[phase.MomentumTo][k], share));
                        return _rates[phase.From].Zip(_rates[phase.To], (from, to) => Between(from, to, share));
                    }

                    private static void SetMomentum(ILearningRateController group, double momentum)
                    {
                        if (group is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                        else ((IMomentum)group).Momentum = momentum;
                    }

                    private double Between(double from, double to, double share)
                        => _shape == AnnealStrategy.Cos ? to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share)) : (to - from) * share + from;

                    private static IEnumerable<double> ForAll(Optimizer optimizer, double value) => Enumerable.Repeat(value, optimizer.ParamGroups.Count());

                    private readonly record struct Phase(double End, Level From, Level To, Level MomentumFrom, Level MomentumTo);
                }
            }
        }
    }
}
