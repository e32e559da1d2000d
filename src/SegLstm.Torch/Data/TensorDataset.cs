using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>Tensors cut along their first dimension: sample k is entry k of each.</summary>
public class TensorDataset : IterableDataset
{
    private readonly Tensor[] _tensors;

    internal TensorDataset(Tensor[] tensors)
    {
        if (tensors.Length == 0) throw new ArgumentException("A data set needs at least one tensor.", nameof(tensors));
        if (tensors.Any(tensor => tensor.dim() == 0 || tensor.size(0) != tensors[0].size(0)))
            throw new ArgumentException($"All tensors must have the same first size; got {string.Join(", ", tensors.Select(tensor => $"({string.Join(", ", tensor.shape)})"))}.", nameof(tensors));

        // Handles of its own, so that disposing the data set leaves the caller's alone.
        _tensors = Array.ConvertAll(tensors, tensor => tensor.alias().DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public override long Count => _tensors[0].size(0);

    /// <summary>One sample.</summary>
    public IList<Tensor> this[long index] => GetTensor(index);

    /// <inheritdoc/>
    public override IList<Tensor> GetTensor(long index) => Array.ConvertAll(_tensors, tensor => tensor.select(0, index)).ToList();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var tensor in _tensors) tensor.Dispose();
        base.Dispose(disposing);
    }
}
