using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>
/// What may have been meant by a name that does not exist: one like it in scope, or a type that wants a using.
/// </summary>
internal static class NameHints
{
    /// <summary>A sentence to put after a message; empty where nothing is near.</summary>
    public static string For(Diagnostic error, CSharpCompilation bound)
    {
        if (!error.Location.IsInSource)
        {
            return "";
        }

        var tree = error.Location.SourceTree!;
        var node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var model = bound.GetSemanticModel(tree);
        switch (error.Id, Identifier(node))
        {
            case ("CS0103" or "CS0246", { } name):
                return Namespace(name, bound) is { } space
                    ? $" Add: using {space};"
                    : DidYouMean(name, model.LookupSymbols(node.SpanStart));
            case ("CS1061" or "CS0117", { } name):
                return model.GetSymbolInfo(Receiver(node)).Symbol is ITypeSymbol or INamespaceSymbol
                    ? Member(name, model.GetSymbolInfo(Receiver(node)).Symbol as ITypeSymbol, model, node)
                    : Member(name, model.GetTypeInfo(Receiver(node)).Type, model, node);
            default:
                return "";
        }
    }

    private static string? Identifier(SyntaxNode node) => node switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static SyntaxNode Receiver(SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault()?.Expression ?? node;

    private static string Member(string name, ITypeSymbol? type, SemanticModel model, SyntaxNode node) =>
        type == null ? "" : DidYouMean(name, model.LookupSymbols(node.SpanStart, type, includeReducedExtensionMethods: true));

    private static string DidYouMean(string name, IEnumerable<ISymbol> symbols)
    {
        var names = symbols.Where(symbol => symbol.CanBeReferencedByName).Select(symbol => symbol.Name).Distinct().ToList();
        var near = names.Find(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) ??
            NearestName.Of(name, names);
        return near == null || near == name ? "" : $" Did you mean '{near}'?";
    }

    /// <summary>The namespace of the public type of this name, where there is one, or one that is System's.</summary>
    private static string? Namespace(string name, CSharpCompilation bound)
    {
        var found = new HashSet<string>();
        Search(bound.GlobalNamespace, name, found);
        var systems = found.Where(space => space.Split('.')[0] == "System").ToList();
        return found.Count == 1 ? found.Single() : systems is [var only] ? only : null;
    }

    private static void Search(INamespaceSymbol space, string name, HashSet<string> found)
    {
        if (!space.IsGlobalNamespace &&
            space.GetTypeMembers(name).Any(type => type.DeclaredAccessibility == Accessibility.Public))
        {
            found.Add(space.ToDisplayString());
        }

        foreach (var inner in space.GetNamespaceMembers())
        {
            Search(inner, name, found);
        }
    }
}
