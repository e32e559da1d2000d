namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Schedules one after the other.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    /// <summary>Each schedule begins, at its epoch 0, at one of <paramref name="milestones"/>; the first at once.</summary>
                    /// <exception cref="ArgumentException">The numbers do not fit, or a schedule belongs to another optimizer.</exception>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        (_schedulers, _milestones) = (schedulers.ToArray(), milestones.ToArray());
                        if (_schedulers.Length == 0 || _milestones.Length != _schedulers.Length - 1)
                            throw new ArgumentException($"One milestone less than schedules is needed; got {_schedulers.Length} schedules and {_milestones.Length} milestones.");
                        if (_schedulers.Any(schedule => !ReferenceEquals(schedule.Target, optimizer)))
                            throw new ArgumentException("All schedules must control the optimizer that is given here.", nameof(schedulers));

                        // The schedules' constructors took their first steps, one on top of the other; undo them all but the first's.
                        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate;
                        foreach (var schedule in _schedulers) schedule.LastEpoch--;
                        _schedulers[0].step();
                        LastRates = _schedulers[0].get_last_lr().ToList();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var current = _milestones.Count(epoch => epoch <= LastEpoch);
                        if (current > 0 && _milestones[current - 1] == LastEpoch) _schedulers[current].step(0);
                        else _schedulers[current].step();
                        return base.get_lr();
                    }
                }
            }
        }
    }
}
