namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate falls by a factor at given epochs.</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly IList<int> _milestones;
                    private readonly double _gamma;

                    /// <summary>The rate falls by <paramref name="gamma"/> at each of <paramref name="milestones"/>; one that comes twice counts twice.</summary>
                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (_milestones, _gamma) = (milestones, gamma);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Scaled(Math.Pow(_gamma, _milestones.Count(epoch => epoch == LastEpoch)));

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => BaseScaled(Math.Pow(_gamma, _milestones.Count(epoch => epoch <= LastEpoch)));
                }
            }
        }
    }
}
