using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>Each count-th item of a dataset, from one on: a rank's part of what is gone through once.</summary>
/// <param name="data">The dataset, which this does not own.</param>
/// <param name="first">The first item.</param>
/// <param name="count">The distance of items.</param>
internal sealed class Shard(utils.data.Dataset data, int first, int count) : utils.data.Dataset
{
    public override long Count => Math.Max(0, (data.Count - first + count - 1) / count);

    public override Dictionary<string, Tensor> GetTensor(long index) => data.GetTensor(first + index * count);
}
