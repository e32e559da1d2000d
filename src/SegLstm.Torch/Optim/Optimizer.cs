using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            /// <summary>The groups of parameters, each with options of its own.</summary>
            protected IList<ParamGroup> _parameter_groups = [];

            private protected Optimizer()
            {
            }

            /// <summary>The groups of parameters, whose learning rates schedulers change.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>All parameters, group by group.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>Adds a group of parameters; options that it leaves open take the optimizer's values.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Changes every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first; or null where that has been done.</param>
            /// <returns>What <paramref name="closure"/> returned, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>
            /// Sets all gradients to zero, so that the next backward does not add to the last one's. Parameters that get
            /// no new gradient still take part in the next step, with a gradient of zero; <c>Module.zero_grad()</c> leaves them out.
            /// </summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Disposes the optimizer's running averages; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the optimizer's running averages.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }
        }
    }
}
