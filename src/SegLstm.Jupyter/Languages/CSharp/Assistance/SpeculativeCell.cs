using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SegLstm.Jupyter.Languages.CSharp.Running;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>A cell's text, whole or not, bound after the cells that ran. It is looked at and never emitted.</summary>
/// <param name="Compilation">The text as a further submission.</param>
/// <param name="Model">What its names mean.</param>
/// <param name="Root">Its tree, as far as the parser could recover one.</param>
internal sealed record SpeculativeCell(CSharpCompilation Compilation, SemanticModel Model, CompilationUnitSyntax Root)
{
    /// <summary>Binds a text.</summary>
    /// <param name="code">The text.</param>
    /// <param name="previous">The newest live submission.</param>
    public static SpeculativeCell Bind(string code, CSharpCompilation? previous)
    {
        var compilation = CellCompiler.Bind(code, "cell", previous);
        var tree = compilation.SyntaxTrees[^1];
        return new SpeculativeCell(compilation, compilation.GetSemanticModel(tree), tree.GetCompilationUnitRoot());
    }

    /// <summary>
    /// What an expression means, also where the parser took it for the name of a type (`x.` before a line that begins
    /// with a name).
    /// </summary>
    public ISymbol? SymbolOf(ExpressionSyntax expression)
    {
        var found = Chosen(Model.GetSymbolInfo(expression));
        if (found == null && expression is NameSyntax && SyntaxFacts.IsInNamespaceOrTypeContext(expression))
        {
            found = SymbolAt(expression.SpanStart, expression.ToString());
        }

        return found is IAliasSymbol alias ? alias.Target : found;
    }

    /// <summary>What an expression would mean at a position.</summary>
    public ISymbol? SymbolAt(int position, string expression) => Chosen(Model.GetSpeculativeSymbolInfo(
        position, SyntaxFactory.ParseExpression(expression), SpeculativeBindingOption.BindAsExpression));

    /// <summary>The type of an expression's value; null where it has none.</summary>
    public ITypeSymbol? TypeOf(ExpressionSyntax expression)
    {
        var type = Model.GetTypeInfo(expression).Type;
        if (type is null or IErrorTypeSymbol && expression is NameSyntax && SyntaxFacts.IsInNamespaceOrTypeContext(expression))
        {
            var value = SyntaxFactory.ParseExpression(expression.ToString());
            type = Model.GetSpeculativeTypeInfo(expression.SpanStart, value, SpeculativeBindingOption.BindAsExpression).Type;
        }

        return type is IErrorTypeSymbol or { SpecialType: SpecialType.System_Void } ? null : type;
    }

    /// <summary>The type of an attribute; null where it has none.</summary>
    public ITypeSymbol? TypeOf(AttributeSyntax attribute) =>
        Model.GetTypeInfo(attribute).Type is { } type and not IErrorTypeSymbol ? type : null;

    /// <summary>`int` of `int?`, any other type itself.</summary>
    public static ITypeSymbol WithoutNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : type;

    /// <summary>A symbol, or the first of those that it could be.</summary>
    public static ISymbol? Chosen(SymbolInfo info) => info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
}
