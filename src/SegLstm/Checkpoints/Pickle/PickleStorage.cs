using SegLstm.Checkpoints.Pth;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>A storage that the pickle refers to, or a part of one.</summary>
/// <param name="root">The memory.</param>
/// <param name="offset">The first element in it.</param>
/// <param name="count">The number of elements.</param>
internal sealed class PickleStorage(TorchStorage root, long offset, long count) : PickleValue
{
    public TorchStorage Root { get; } = root;

    public long Offset { get; } = offset;

    public long Count { get; } = count;

    public override string ToString() => $"{TensorTypes.NameOf(Root.DType)} storage [{Count}]";
}
