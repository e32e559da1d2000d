namespace SegLstm.Checkpoints;

/// <summary>A tensor that a state dict has in another shape than a module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expected">The module's shape.</param>
/// <param name="Given">The state dict's shape.</param>
public sealed record MisshapedTensor(string Name, IReadOnlyList<long> Expected, IReadOnlyList<long> Given)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Printable.Of(Name)} is ({string.Join(", ", Given)}), expected ({string.Join(", ", Expected)})";
}
