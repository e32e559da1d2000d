using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>A call, maybe unfinished: of a method, a constructor, an indexer, a delegate or an attribute.</summary>
/// <param name="Node">The whole call.</param>
/// <param name="List">What stands in its parentheses or brackets.</param>
internal sealed record Call(SyntaxNode Node, SyntaxNode List)
{
    /// <summary>The arguments: name, if one is written, and expression.</summary>
    public IReadOnlyList<(string? Name, ExpressionSyntax Expression)> Arguments => List switch
    {
        BaseArgumentListSyntax list => [.. list.Arguments.Select(one => (NameIn(one.NameColon), one.Expression))],
        AttributeArgumentListSyntax list => [.. list.Arguments.Select(one => (NameIn(one.NameColon), one.Expression))],
        _ => [],
    };

    /// <summary>The call whose argument a node is.</summary>
    public static Call? OfArgument(SyntaxNode? argument) =>
        argument?.Parent is { Parent: { } call } list && list is BaseArgumentListSyntax or AttributeArgumentListSyntax
            ? new Call(call, list) : null;

    /// <summary>The innermost call whose parentheses a position is in.</summary>
    public static Call? Around(CompilationUnitSyntax root, int position)
    {
        var before = position == 0 ? default : root.FindToken(position - 1);
        if (before.SpanStart >= position)
        {
            before = before.GetPreviousToken();
        }

        for (var node = before.Parent; node is not null and not BlockSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            var (open, close) = node switch
            {
                ArgumentListSyntax list => (list.OpenParenToken, list.CloseParenToken),
                BracketedArgumentListSyntax list => (list.OpenBracketToken, list.CloseBracketToken),
                AttributeArgumentListSyntax list => (list.OpenParenToken, list.CloseParenToken),
                _ => default,
            };
            var isInside = open.RawKind != 0 && open.Span.End <= position && (close.IsMissing || position <= close.SpanStart);
            if (isInside && node.Parent is { } call)
            {
                return new Call(call, node);
            }
        }

        return null;
    }

    /// <summary>Which argument a position is in, counted from 0.</summary>
    public int IndexAt(int position) =>
        List.ChildTokens().Count(token => token.IsKind(SyntaxKind.CommaToken) && !token.IsMissing && token.SpanStart < position);

    /// <summary>What could be called: methods and indexers, reachable from here, in the order of their declaration.</summary>
    public IReadOnlyList<ISymbol> Targets(SemanticModel model)
    {
        var found = Node switch
        {
            InvocationExpressionSyntax call => Methods(model, call.Expression),
            BaseObjectCreationExpressionSyntax creation => Constructors(model, creation),
            AttributeSyntax or ConstructorInitializerSyntax => model.GetMemberGroup(Node),
            ElementAccessExpressionSyntax element => Indexers(model, element),
            _ => [],
        };
        return [.. found.Where(symbol => model.IsAccessible(Node.SpanStart, symbol))];
    }

    /// <summary>The parameters of what is called.</summary>
    public static IReadOnlyList<IParameterSymbol> Parameters(ISymbol target) => target switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol indexer => indexer.Parameters,
        _ => [],
    };

    private static string? NameIn(NameColonSyntax? colon) => colon?.Name.Identifier.ValueText;

    private static IEnumerable<ISymbol> Methods(SemanticModel model, ExpressionSyntax called)
    {
        var group = model.GetMemberGroup(called);
        return group.Length > 0 ? group
            : model.GetTypeInfo(called).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke]
            : SpeculativeCell.Chosen(model.GetSymbolInfo(called)) is IMethodSymbol method ? [method] : [];
    }

    private static IEnumerable<ISymbol> Constructors(SemanticModel model, BaseObjectCreationExpressionSyntax creation)
    {
        var type = (creation as ObjectCreationExpressionSyntax)?.Type is { } named
            ? model.GetSymbolInfo(named).Symbol as INamedTypeSymbol : null;
        type ??= model.GetTypeInfo(creation).Type as INamedTypeSymbol;
        return type?.InstanceConstructors.Where(one => !one.IsImplicitlyDeclared || one.Parameters.Length == 0) ?? [];
    }

    private static IEnumerable<ISymbol> Indexers(SemanticModel model, ElementAccessExpressionSyntax element)
    {
        var type = model.GetTypeInfo(element.Expression).Type;
        for (var declaring = type; declaring != null; declaring = declaring.BaseType)
        {
            foreach (var indexer in IndexersOf(declaring).Where(one => !one.IsOverride))
            {
                yield return indexer;
            }
        }

        foreach (var inherited in type is { TypeKind: TypeKind.Interface } ? type.AllInterfaces : [])
        {
            foreach (var indexer in IndexersOf(inherited))
            {
                yield return indexer;
            }
        }
    }

    private static IEnumerable<IPropertySymbol> IndexersOf(ITypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Where(one => one.IsIndexer);
}
