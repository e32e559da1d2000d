namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Changes the learning rates of an optimizer's groups from step to step.</summary>
            public abstract class LRScheduler
            {
                private protected readonly Optimizer Controlled = null!;
                private protected readonly bool Verbose;
                private protected IList<double> BaseRates = [];
                private protected IList<double> LastRates = [];

                /// <summary>How often <see cref="step()"/> was called, by the constructor included.</summary>
                protected int _step_count;

                /// <summary>A schedule that controls no optimizer of its own.</summary>
                protected LRScheduler()
                {
                }

                /// <summary>A schedule for <paramref name="optimizer"/> that goes on after <paramref name="last_epoch"/>, or begins where that is -1.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (Controlled, LastEpoch, Verbose) = (optimizer, last_epoch, verbose);
                    BaseRates = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToList();
                    LastRates = optimizer.ParamGroups.Select(group => group.LearningRate).ToList();
                }

                internal int LastEpoch { get; set; } = -1;

                internal Optimizer Target => Controlled;

                /// <summary>Goes on to the next epoch and sets the learning rates.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes to an epoch, or to the next where null, and sets the learning rates.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    LastEpoch = epoch ?? LastEpoch + 1;
                    Apply((epoch is null ? get_lr() : get_closed_form_lr()).ToList());
                }

                /// <summary>Goes on by a metric; schedules that need none ignore it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The learning rate of each group that was set last.</summary>
                public IEnumerable<double> get_last_lr() => LastRates;

                /// <summary>The learning rate of each group, from that of the epoch before.</summary>
                protected virtual IEnumerable<double> get_lr() => Controlled.ParamGroups.Select(group => group.LearningRate);

                /// <summary>The learning rate of each group, from the epoch alone.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                /// <summary>Each group's learning rate times a factor.</summary>
                private protected IEnumerable<double> Scaled(double factor) => Controlled.ParamGroups.Select(group => group.LearningRate * factor);

                /// <summary>Each group's initial learning rate times a factor.</summary>
                private protected IEnumerable<double> BaseScaled(double factor) => BaseRates.Select(rate => rate * factor);

                private protected void Apply(List<double> rates)
                {
                    foreach (var (group, rate) in Controlled.ParamGroups.Zip(rates)) group.LearningRate = rate;
                    for (var k = 0; Verbose && k < rates.Count; k++)
                        if (rates[k] != LastRates[k]) Console.WriteLine($"Epoch {LastEpoch}: learning rate of group {k} set to {rates[k]:g4}.");
                    LastRates = rates;
                }
            }
        }
    }
}
