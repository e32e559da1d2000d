namespace SegLstm.Jupyter.Languages;

/// <summary>What a part of a cell returned.</summary>
/// <param name="HasValue">False where its last statement is no expression, or ends with a semicolon.</param>
/// <param name="Value">The value of its last expression.</param>
public sealed record PartResult(bool HasValue, object? Value)
{
    /// <summary>No value.</summary>
    public static PartResult None { get; } = new(false, null);
}
