using Microsoft.CodeAnalysis.Text;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>
/// Pieces of text to put into a cell's text, on the same lines, so that line numbers hold and columns can be told back.
/// </summary>
/// <remarks>
/// Wrapping is recorded from the outside in. At one position the ends of what stops there come first, innermost first; then
/// the beginnings of what starts there, outermost first; then the replacement.
/// </remarks>
internal sealed class TextEdits
{
    private readonly List<Edit> edits = [];

    private enum Rank
    {
        End,
        Start,
        Replacement,
    }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => edits.Count == 0;

    /// <summary>Puts text before what starts here.</summary>
    public void Before(int position, string text) => edits.Add(new Edit(position, 0, text, Rank.Start, edits.Count));

    /// <summary>Puts text after what ends here.</summary>
    public void After(int position, string text) => edits.Add(new Edit(position, 0, text, Rank.End, -edits.Count));

    /// <summary>Puts text around a span.</summary>
    public void Around(TextSpan span, string before, string after)
    {
        Before(span.Start, before);
        After(span.End, after);
    }

    /// <summary>Puts text in place of a span, inside which nothing else may be edited.</summary>
    public void Replace(TextSpan span, string text) =>
        edits.Add(new Edit(span.Start, span.Length, text, Rank.Replacement, edits.Count));

    /// <summary>The text with every edit, and how its positions go back.</summary>
    public (SourceText Text, PositionMap Map) Apply(SourceText original)
    {
        var ordered = edits.OrderBy(edit => edit.Position).ThenBy(edit => edit.Rank).ThenBy(edit => edit.Order).ToList();
        var changes = new List<TextChange>();
        var map = new PositionMap();
        foreach (var group in ordered.GroupBy(edit => edit.Position))
        {
            var text = string.Concat(group.Select(edit => edit.Text));
            var length = group.Max(edit => edit.Length);
            changes.Add(new TextChange(new TextSpan(group.Key, length), text));
            map.Add(group.Key, length, text.Length);
        }

        return (original.WithChanges(changes), map);
    }

    private readonly record struct Edit(int Position, int Length, string Text, Rank Rank, int Order);
}
