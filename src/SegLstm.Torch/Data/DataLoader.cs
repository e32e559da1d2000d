using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>Batches of named tensors, stacked along a new first dimension.</summary>
public class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
{
    /// <summary>Batches in the order that <paramref name="shuffler"/> gives.</summary>
    /// <inheritdoc cref="DataLoader{T, S}(Dataset{T}, int, Func{IEnumerable{T}, Device, S}, IEnumerable{long}, Device, int, bool, bool, bool)"/>
    public DataLoader(Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    /// <summary>Batches in the samples' order, or shuffled. Mind: with a seed every epoch has the same order.</summary>
    /// <inheritdoc cref="DataLoader{T, S}(Dataset{T}, int, Func{IEnumerable{T}, Device, S}, bool, Device, int?, int, bool, bool, bool)"/>
    public DataLoader(Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    private static Dictionary<string, Tensor> Collate(IEnumerable<Dictionary<string, Tensor>> samples, Device device)
    {
        var all = samples.ToList();
        var batch = new Dictionary<string, Tensor>();
        foreach (var key in all[0].Keys)
            batch[key] = Stack(all.ConvertAll(sample => sample.TryGetValue(key, out var tensor)
                ? tensor
                : throw new InvalidOperationException($"All samples of a batch need the same names; one has '{key}' and another has only {string.Join(", ", sample.Keys)}.")), device);
        return batch;
    }

    internal static Tensor Stack(List<Tensor> tensors, Device device)
    {
        var stacked = stack(tensors);
        return stacked.device == device ? stacked : stacked.to(device, disposeAfter: true);
    }
}
