namespace SegLstm.Jupyter.Languages;

/// <summary>What could stand in place of a piece of code.</summary>
/// <param name="Items">The candidates that begin like the piece, best first.</param>
/// <param name="Start">Where the piece begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
public sealed record CompletionList(IReadOnlyList<Completion> Items, int Start, int End)
{
    /// <summary>Nothing at this position.</summary>
    public static CompletionList Empty(int position) => new([], position, position);
}
