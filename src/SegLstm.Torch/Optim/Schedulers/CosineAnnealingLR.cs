namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate falls along half a cosine, and rises again after that (Loshchilov and Hutter 2017).</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _half, _least;

                    /// <summary>The rate falls from the initial one to <paramref name="eta_min"/> in <paramref name="T_max"/> epochs.</summary>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(T_max);
                        (_half, _least) = (T_max, eta_min);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return base.get_lr();

                        // A schedule that goes on from a later epoch has no rate before to start from.
                        if (_step_count == 1) return get_closed_form_lr();
                        if ((LastEpoch - 1 - _half) % (2 * _half) == 0)
                            return Controlled.ParamGroups.Zip(BaseRates, (group, rate) => group.LearningRate + (rate - _least) * (1 - Math.Cos(Math.PI / _half)) / 2);
                        var ratio = (1 + Math.Cos(Math.PI * LastEpoch / _half)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _half));
                        return Controlled.ParamGroups.Select(group => ratio * (group.LearningRate - _least) + _least);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseRates.Select(rate => _least + (rate - _least) * (1 + Math.Cos(Math.PI * LastEpoch / _half)) / 2);
                }
            }
        }
    }
}
