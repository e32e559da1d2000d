namespace SegLstm.Checkpoints;

/// <summary>What a checkpoint says of one tensor.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="DType">Its element type by PyTorch's name, such as <c>bfloat16</c>; where libtorch lacks it, by the
/// file's.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="ByteCount">Bytes that its elements take.</param>
public sealed record CheckpointTensor(string Name, string DType, IReadOnlyList<long> Shape, long ByteCount)
{
    /// <summary>How many elements it has.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType} [{string.Join(", ", Shape)}]";
}
