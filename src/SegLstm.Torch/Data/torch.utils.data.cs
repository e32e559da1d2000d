using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What training needs besides tensors.</summary>
    public static partial class utils
    {
        /// <summary>Data sets and the loaders that make batches of them.</summary>
        public static partial class data
        {
            /// <summary>Batches of a data set, in its order or shuffled. Mind: with a seed every epoch has the same order.</summary>
            /// <inheritdoc cref="Modules.DataLoader(Dataset, int, bool, Device, int?, int, bool, bool, bool)"/>
            public static DataLoader DataLoader(Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
                => new DataLoader(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);

            /// <summary>Batches of a data set, in the order that <paramref name="shuffler"/> gives.</summary>
            /// <inheritdoc cref="Modules.DataLoader(Dataset, int, IEnumerable{long}, Device, int, bool, bool, bool)"/>
            public static DataLoader DataLoader(Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
                => new DataLoader(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);

            /// <summary>Batches of a data set of lists, in its order or shuffled. Mind: with a seed every epoch has the same order.</summary>
            /// <inheritdoc cref="Modules.IterableDataLoader(IterableDataset, int, bool, Device, int?, int, bool, bool, bool)"/>
            public static IterableDataLoader DataLoader(IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
                => new IterableDataLoader(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);

            /// <summary>Batches of a data set of lists, in the order that <paramref name="shuffler"/> gives.</summary>
            /// <inheritdoc cref="Modules.IterableDataLoader(IterableDataset, int, IEnumerable{long}, Device, int, bool, bool, bool)"/>
            public static IterableDataLoader DataLoader(IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
                => new IterableDataLoader(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);

            /// <summary>Tensors cut along their first dimension: sample k is entry k of each.</summary>
            public static TensorDataset TensorDataset(params Tensor[] tensors) => new TensorDataset(tensors);
        }
    }
}
