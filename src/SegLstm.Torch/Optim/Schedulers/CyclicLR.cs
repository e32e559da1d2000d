namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate rises and falls between two bounds in triangles (Smith 2017).</summary>
                public class CyclicLR : LRScheduler
                {
                    /// <summary>How the triangles change from cycle to cycle.</summary>
                    public enum Mode
                    {
                        /// <summary>They stay.</summary>
                        Triangular,

                        /// <summary>Each is half as high as the one before.</summary>
                        Triangular2,

                        /// <summary>Their height falls by gamma every step.</summary>
                        ExpRange,
                    }

                    /// <summary>What a scaling function is given.</summary>
                    public enum ScaleMode
                    {
                        /// <summary>The number of the cycle, from 1.</summary>
                        Cycle,

                        /// <summary>The number of steps.</summary>
                        Iterations,
                    }

                    private readonly double _cycleLength, _riseShare;
                    private readonly Func<double, double> _scale;
                    private readonly ScaleMode _scaleMode;
                    private readonly List<double> _maxRates;
                    private readonly List<double>? _baseMomentums, _maxMomentums;

                    /// <summary>The same bounds for all groups.</summary>
                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, ForAll(optimizer, base_lr), ForAll(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, ForAll(optimizer, base_momentum), ForAll(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    /// <summary>Bounds for each group.</summary>
                    /// <param name="optimizer">The optimizer; with <paramref name="cycle_momentum"/> one that has momentum.</param>
                    /// <param name="base_lr">The least rate of each group.</param>
                    /// <param name="max_lr">The greatest rate of each group.</param>
                    /// <param name="step_size_up">Steps of the rise.</param>
                    /// <param name="step_size_down">Steps of the fall; as many as of the rise where -1.</param>
                    /// <param name="mode">How the triangles change, where <paramref name="scale_fn"/> is null.</param>
                    /// <param name="gamma">The factor of <see cref="Mode.ExpRange"/>.</param>
                    /// <param name="scale_fn">The triangles' height.</param>
                    /// <param name="scale_mode">What <paramref name="scale_fn"/> is given.</param>
                    /// <param name="cycle_momentum">Whether the momentum falls while the rate rises.</param>
                    /// <param name="base_momentum">The least momentum of each group; 0.8 where null.</param>
                    /// <param name="max_momentum">The greatest momentum of each group; 0.9 where null.</param>
                    /// <param name="last_epoch">The step to go on after.</param>
                    /// <param name="verbose">Whether changes are printed.</param>
                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        var down = step_size_down == -1 ? step_size_up : step_size_down;
                        _cycleLength = step_size_up + down;
                        _riseShare = step_size_up / _cycleLength;
                        (BaseRates, _maxRates) = (base_lr.ToList(), max_lr.ToList());
                        (_scale, _scaleMode) = (scale_fn, mode) switch
                        {
                            (not null, _) => (scale_fn, scale_mode),
                            (_, Mode.Triangular) => (_ => 1.0, ScaleMode.Cycle),
                            (_, Mode.Triangular2) => (cycle => 1 / Math.Pow(2, cycle - 1), ScaleMode.Cycle),
                            _ => (step => Math.Pow(gamma, step), ScaleMode.Iterations),
                        };
                        if (cycle_momentum)
                        {
                            if (optimizer is not IMomentum) throw new ArgumentException("cycle_momentum needs an optimizer with momentum, such as SGD. Pass cycle_momentum: false for others.", nameof(optimizer));
                            _baseMomentums = (base_momentum ?? ForAll(optimizer, 0.8)).ToList();
                            _maxMomentums = (max_momentum ?? ForAll(optimizer, 0.9)).ToList();
                        }
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + LastEpoch / _cycleLength);
                        var place = 1 + LastEpoch / _cycleLength - cycle;
                        var height = (place <= _riseShare ? place / _riseShare : (place - 1) / (_riseShare - 1)) * _scale(_scaleMode == ScaleMode.Cycle ? cycle : LastEpoch);
                        if (_maxMomentums is not null)
                            foreach (var (k, group) in Controlled.ParamGroups.Index())
                                ((IMomentum)group).Momentum = _maxMomentums[k] - (_maxMomentums[k] - _baseMomentums![k]) * height;
                        return BaseRates.Zip(_maxRates, (low, high) => low + (high - low) * height);
                    }

                    private static IEnumerable<double> ForAll(Optimizer optimizer, double value) => Enumerable.Repeat(value, optimizer.ParamGroups.Count());
                }
            }
        }
    }
}
