namespace SegLstm.Jupyter.Cells;

/// <summary>How a cell ended.</summary>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record CellResult(CellError? Error)
{
    /// <summary>The answers to the request's expressions; empty where the cell failed.</summary>
    public IReadOnlyDictionary<string, UserExpression> UserExpressions { get; init; } = new Dictionary<string, UserExpression>();
}
