using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The place in a cell where a name is being typed.</summary>
/// <remarks>
/// The piece of a name around the cursor is replaced by a name of our own before the text is parsed: so there is always a name at
/// the cursor, whether something is typed yet or not, and no beginning of a name (`in`, `for`) is taken for a keyword.
/// </remarks>
/// <param name="Cell">The cell with the name of our own in it.</param>
/// <param name="Token">That name.</param>
/// <param name="Start">Where the typed piece begins in the cell's text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record CompletionPlace(SpeculativeCell Cell, SyntaxToken Token, int Start, int End)
{
    private const string Placeholder = "completion__";

    /// <summary>The name as a part of an expression or type; null where it declares something.</summary>
    public SimpleNameSyntax? Name => Token.Parent as SimpleNameSyntax;

    /// <summary>Where symbols are looked up.</summary>
    public int Position => Token.SpanStart;

    /// <summary>Whether `@` stands before the name.</summary>
    public bool IsVerbatim => Token.Text[0] == '@';

    /// <summary>The model of the cell.</summary>
    public SemanticModel Model => Cell.Model;

    /// <summary>The place at a position; null within comments, texts and numbers.</summary>
    public static CompletionPlace? Find(string code, int position, CSharpCompilation? previous)
    {
        var (start, end) = PieceAt(code, position);
        if (start < code.Length && char.IsDigit(code[start]) && start < position)
        {
            return null;
        }

        var place = Place(code, start, end, Placeholder, previous);
        var conditions = place?.Token.Parent!.Ancestors().OfType<ConditionalExpressionSyntax>() ?? [];

        // `Color? first = ` begins a condition for the parser, unless the statement ends.
        return conditions.Any(one => one.ColonToken.IsMissing) ? Place(code, start, end, Placeholder + ";", previous) : place;
    }

    private static CompletionPlace? Place(string code, int start, int end, string name, CSharpCompilation? previous)
    {
        var cell = SpeculativeCell.Bind($"{code.AsSpan(0, start)}{name}{code.AsSpan(end)}", previous);
        var token = cell.Root.FindToken(start);
        return token.ValueText == Placeholder ? new CompletionPlace(cell, token, start, end) : null;
    }

    private static (int Start, int End) PieceAt(string code, int position)
    {
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
        {
            start--;
        }

        var end = position;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end]))
        {
            end++;
        }

        return (start, end);
    }
}
