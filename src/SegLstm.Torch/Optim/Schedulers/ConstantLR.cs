namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate is reduced during the first epochs.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _totalIterations;

                    /// <summary>The rate is multiplied by <paramref name="factor"/> until epoch <paramref name="total_iters"/>.</summary>
                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (factor is <= 0 or > 1) throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor lies above 0 and up to 1.");
                        (_factor, _totalIterations) = (factor, total_iters);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Scaled(LastEpoch == 0 ? _factor : LastEpoch == _totalIterations ? 1 / _factor : 1);

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => BaseScaled(LastEpoch >= _totalIterations ? 1 : _factor);
                }
            }
        }
    }
}
