namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate falls to zero as a power of the remaining epochs.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _totalIterations;
                    private readonly double _power;

                    /// <summary>The rate is the initial one times (1 - epoch / total_iters)^power.</summary>
                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                        (_totalIterations, _power) = (total_iters, power);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0 || LastEpoch > _totalIterations) return base.get_lr();
                        var (left, leftBefore) = (1 - (double)LastEpoch / _totalIterations, 1 - (double)(LastEpoch - 1) / _totalIterations);
                        return Scaled(Math.Pow(left / leftBefore, _power));
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseScaled(Math.Pow(1 - (double)Math.Min(_totalIterations, LastEpoch) / _totalIterations, _power));
                }
            }
        }
    }
}
