using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Batch norms over the batches of several processes.</summary>
        public static class SyncBatchNorm
        {
            /// <summary>Makes all batch norms of a module normalise by the batches of all ranks together while they train.</summary>
            /// <param name="module">The module.</param>
            /// <param name="process_group">The ranks; those of the job if null.</param>
            /// <returns>The same module: PyTorch puts other layers in, here the layers stay and know their
            /// <see cref="BatchNorm.process_group"/>.</returns>
            /// <exception cref="InvalidOperationException"><c>init_process_group</c> was not called.</exception>
            public static T convert_sync_batchnorm<T>(T module, distributed.ProcessGroup? process_group = null) where T : Module
            {
                process_group ??= distributed.Of(null);
                foreach (BatchNorm norm in module.modules().Prepend(module).OfType<BatchNorm>()) norm.process_group = process_group;
                return module;
            }

            /// <summary>Normalises by the batches of all ranks, and leaves running statistics alone. PyTorch has no such
            /// function.</summary>
            /// <param name="norm">The scale and the offset.</param>
            /// <param name="input">This rank's batch, <c>(N, C, *)</c>.</param>
            /// <param name="process_group">The ranks.</param>
            public static Tensor normalise(BatchNorm norm, Tensor input, distributed.ProcessGroup process_group) =>
                SynchronizedNorm.Normalise(norm, input, process_group, share: null);
        }
    }
}
