namespace SegLstm.Jupyter.Cells;

/// <summary>A cell to run.</summary>
/// <param name="Code">Its text, magics included.</param>
/// <param name="Number">Its number, as in `In [3]`; error messages name it.</param>
public sealed record CellRequest(string Code, int Number)
{
    /// <summary>Expressions to evaluate after the cell, name to code; each answers for itself.</summary>
    public IReadOnlyDictionary<string, string> UserExpressions { get; init; } = new Dictionary<string, string>();
}
