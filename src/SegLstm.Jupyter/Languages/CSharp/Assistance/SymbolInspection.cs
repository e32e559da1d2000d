using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Tells what stands at the cursor: the symbol of a name, or the overloads of the call around it.</summary>
internal static class SymbolInspection
{
    private const int OverloadLimit = 24;

    /// <summary>What is known; null where nothing is.</summary>
    /// <param name="code">The cell's text, whole or not.</param>
    /// <param name="position">A place between two characters.</param>
    /// <param name="detailed">Everything.</param>
    /// <param name="previous">The newest live submission.</param>
    /// <param name="variables">What the cells have declared, with values.</param>
    public static Inspection? Inspect(
        string code, int position, bool detailed, CSharpCompilation? previous, Func<IReadOnlyList<Variable>> variables)
    {
        var cell = SpeculativeCell.Bind(code, previous);
        if (TokenAt(cell.Root, position) is { } token && SymbolsAt(cell, token) is { Count: > 0 } symbols)
        {
            return Describe(cell, symbols, detailed, variables);
        }

        // `list[` is an array's type for the parser, until something stands behind it.
        return SignatureHelp.At(cell, position, detailed) ??
               (position > 0 && code[position - 1] == '['
                   ? SignatureHelp.At(SpeculativeCell.Bind(code.Insert(position, "index"), previous), position, detailed)
                   : null);
    }

    private static Inspection Describe(
        SpeculativeCell cell, IReadOnlyList<ISymbol> symbols, bool detailed, Func<IReadOnlyList<Variable>> variables)
    {
        var page = new InspectionPage();
        var symbol = symbols[0];
        page.Code(SymbolText.Declaration(symbol));
        if (symbol is IFieldSymbol { ContainingType.IsScriptClass: true } &&
            variables().FirstOrDefault(variable => variable.Name == symbol.Name) is { } value)
        {
            page.Lines("Value", VariableText.Lines(value));
        }

        var about = new SymbolPage(cell, page);
        about.Documentation(symbol);
        if (symbols.Count > 1)
        {
            var others = symbols.Skip(1).Take(OverloadLimit).Select(SymbolText.Signature);
            var more = symbols.Count - 1 - OverloadLimit;
            page.Lines("Overloads", more > 0 ? others.Append($"… and {more} more") : others);
        }

        if (detailed)
        {
            about.Details(symbol);
        }

        return page.ToInspection();
    }

    private static SyntaxToken? TokenAt(CompilationUnitSyntax root, int position)
    {
        foreach (var place in new[] { position, position - 1 }.Where(place => place >= 0 && place < root.FullSpan.End))
        {
            var token = root.FindToken(place);
            if (token.Span.Contains(place) && (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword()))
            {
                return token;
            }
        }

        return null;
    }

    /// <summary>The symbol of a token, and after it the others of its name that could be called.</summary>
    private static IReadOnlyList<ISymbol> SymbolsAt(SpeculativeCell cell, SyntaxToken token)
    {
        var symbol = token.Parent switch
        {
            SimpleNameSyntax { Parent: AttributeSyntax attribute } => cell.TypeOf(attribute),
            NameSyntax name => cell.SymbolOf(name),
            TypeSyntax type => cell.SymbolOf(type),
            ThisExpressionSyntax or BaseExpressionSyntax => cell.TypeOf((ExpressionSyntax)token.Parent),
            { } declaration when token.IsKind(SyntaxKind.IdentifierToken) => cell.Model.GetDeclaredSymbol(declaration),
            _ => null,
        };
        if (symbol is null or IErrorTypeSymbol or INamedTypeSymbol { IsScriptClass: true })
        {
            return [];
        }

        return symbol is IMethodSymbol && token.Parent is SimpleNameSyntax named
            ? [symbol, .. cell.Model.GetMemberGroup(named).Where(other => !Same(other, symbol))]
            : [symbol];
    }

    private static bool Same(ISymbol one, ISymbol other) =>
        SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition);
}
