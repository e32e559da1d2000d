namespace SegLstm.Checkpoints;

/// <summary>A state dict does not fit a module.</summary>
/// <param name="module">The module's name.</param>
/// <param name="fit">All differences.</param>
public sealed class StateDictException(string module, StateDictFit fit) : InvalidOperationException(
    $"The state dict does not fit {module}: {fit}. "
    + "Pass strict: false to load the names that both have, and add those of another shape to skip.")
{
    /// <summary>All differences.</summary>
    public StateDictFit Fit { get; } = fit;
}
