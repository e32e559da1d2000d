namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate goes from one multiple of the initial one to another in a straight line: a warm-up.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start, _end;
                    private readonly int _totalIterations;

                    /// <summary>The factor goes from <paramref name="start_factor"/> to <paramref name="end_factor"/> in <paramref name="total_iters"/> epochs.</summary>
                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (start_factor is <= 0 or > 1) throw new ArgumentOutOfRangeException(nameof(start_factor), start_factor, "The first factor lies above 0 and up to 1.");
                        if (end_factor is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(end_factor), end_factor, "The last factor lies from 0 to 1.");
                        (_start, _end, _totalIterations) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return Scaled(_start);
                        if (LastEpoch > _totalIterations) return base.get_lr();
                        return Scaled(1 + (_end - _start) / (_totalIterations * _start + (LastEpoch - 1) * (_end - _start)));
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseScaled(_start + (_end - _start) * Math.Min(_totalIterations, LastEpoch) / _totalIterations);
                }
            }
        }
    }
}
