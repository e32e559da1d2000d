namespace SegLstm.Checkpoints;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Begin">First byte in the data section (behind the header).</param>
/// <param name="End">One past the last byte in the data section.</param>
public sealed record SafeTensorsInfo(string Name, SafeTensorsDType DType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bytes that the elements take.</summary>
    public long ByteCount => End - Begin;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType.Name} [{string.Join(", ", Shape)}]";
}
