using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>
/// A data set whose item is fixed by its seed, the pass and the index alone, and which several threads may read at once: items can
/// be made ahead of their use.
/// </summary>
public abstract class KeyedDataset : EpochDataset
{
    /// <summary>One item of a pass, whatever <see cref="EpochDataset.Epoch"/> is. Safe for concurrent use.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="index">0 to Count - 1.</param>
    /// <returns>New tensors by name.</returns>
    public abstract Dictionary<string, Tensor> GetTensor(long epoch, long index);

    /// <summary>One item of the current pass.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public sealed override Dictionary<string, Tensor> GetTensor(long index) => GetTensor(Epoch, index);
}
