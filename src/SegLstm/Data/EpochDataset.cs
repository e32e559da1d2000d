using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>A data set whose items may differ from pass to pass: an item is fixed by the seed, the pass and its index.</summary>
public abstract class EpochDataset : utils.data.Dataset
{
    /// <summary>The pass over the data, from 0. Whoever reads the data sets it at the start of each pass.</summary>
    public long Epoch { get; set; }
}
