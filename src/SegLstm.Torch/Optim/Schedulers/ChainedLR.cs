namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Schedules all at once: their factors multiply.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;

                    /// <summary>Each step is a step of every schedule, in order.</summary>
                    /// <exception cref="ArgumentException">No schedules, or schedules of several optimizers.</exception>
                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                    {
                        _schedulers = schedulers.ToArray();
                        if (_schedulers.Length == 0 || _schedulers.Any(schedule => !ReferenceEquals(schedule.Target, _schedulers[0].Target)))
                            throw new ArgumentException("Chained schedules must be one or more that control the same optimizer.", nameof(schedulers));
                        LastRates = _schedulers[^1].get_last_lr().ToList();
                    }

                    /// <inheritdoc/>
                    public override void step()
                    {
                        foreach (var schedule in _schedulers) schedule.step();
                        LastRates = _schedulers[^1].get_last_lr().ToList();
                    }
                }
            }
        }
    }
}
