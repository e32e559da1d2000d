using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>What a name alone could mean: locals, names of earlier cells, members, types, namespaces and keywords.</summary>
internal static class ScopeCandidates
{
    /// <summary>The names in scope that fit the place.</summary>
    public static IEnumerable<Candidate> Of(CompletionPlace place, SimpleNameSyntax name) => name.Parent switch
    {
        UsingDirectiveSyntax directive => Using(place, directive),
        AttributeSyntax => Attributes(place),
        ObjectCreationExpressionSyntax creation when creation.Type == name => Creatable(place, creation),
        NameColonSyntax => [],
        _ when IsTypeOnly(name) =>
            [.. Groups(place, place.Model.LookupNamespacesAndTypes(place.Position)), .. Keywords.OfTypes(name)],
        _ =>
        [
            .. Groups(place, place.Model.LookupSymbols(place.Position)), .. Keywords.OfExpressions(name), .. InList(place, name),
        ],
    };

    private static bool IsTypeOnly(SimpleNameSyntax name) =>

        // `name` above a line that begins with a name is parsed as the type of a declaration: it may be anything.
        name.Parent is not VariableDeclarationSyntax
        {
            Parent: FieldDeclarationSyntax { Parent: CompilationUnitSyntax } or LocalDeclarationStatementSyntax,
        }
        && SyntaxFacts.IsInNamespaceOrTypeContext(name);

    private static IEnumerable<Candidate> Using(CompletionPlace place, UsingDirectiveSyntax directive)
    {
        var named = place.Model.LookupNamespacesAndTypes(place.Position);
        return directive.StaticKeyword.RawKind != 0 || directive.Alias != null
            ? Groups(place, named)
            : Groups(place, named.OfType<INamespaceSymbol>()).Concat(Keywords.Words(["static", "var"]));
    }

    private static IEnumerable<Candidate> Creatable(CompletionPlace place, ObjectCreationExpressionSyntax creation)
    {
        var expected = ExpectedType.Of(place, creation).Select(type => type.OriginalDefinition)
            .ToHashSet(SymbolEqualityComparer.Default);
        var exceptions = creation.Parent is ThrowStatementSyntax or ThrowExpressionSyntax
            ? place.Cell.Compilation.GetTypeByMetadataName("System.Exception") : null;
        return Groups(place, place.Model.LookupNamespacesAndTypes(place.Position)
                .Where(symbol => symbol is INamespaceSymbol or ITypeParameterSymbol or INamedTypeSymbol
                {
                    IsStatic: false, IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Delegate,
                }))
            .Select(candidate =>
                candidate.Symbol is INamedTypeSymbol type && (expected.Contains(type) || Derives(type, exceptions))
                ? candidate with { Group = CandidateGroup.Expected } : candidate)
            .Concat(Keywords.OfPredefinedTypes());
    }

    private static IEnumerable<Candidate> Attributes(CompletionPlace place)
    {
        const string suffix = "Attribute";
        var root = place.Cell.Compilation.GetTypeByMetadataName("System.Attribute");
        return Groups(place, place.Model.LookupNamespacesAndTypes(place.Position)
                .Where(symbol => symbol is INamespaceSymbol
                    || (symbol is INamedTypeSymbol { IsAbstract: false } type && Derives(type, root))))
            .Select(candidate => candidate.Symbol is ITypeSymbol && candidate.Text.EndsWith(suffix, StringComparison.Ordinal)
                ? candidate with { Text = candidate.Text[..^suffix.Length] } : candidate);
    }

    // `[Name` with nothing behind it yet is parsed as a list of values.
    private static IEnumerable<Candidate> InList(CompletionPlace place, SimpleNameSyntax name) =>
        name.Parent is ExpressionElementSyntax { Parent: CollectionExpressionSyntax { Parent: ExpressionStatementSyntax } }
            ? Attributes(place) : [];

    private static bool Derives(ITypeSymbol type, ITypeSymbol? root)
    {
        for (var above = root == null ? null : type; above != null; above = above.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(above, root))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Candidate> Groups(CompletionPlace place, IEnumerable<ISymbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol.CanBeReferencedByName && !IsHidden(place, symbol))
            {
                yield return Candidate.Of(symbol, symbol switch
                {
                    ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => CandidateGroup.Local,
                    INamespaceSymbol => CandidateGroup.Namespace,
                    ITypeSymbol when symbol.ContainingType is not { IsScriptClass: true } => CandidateGroup.Type,
                    _ => CandidateGroup.Member,
                });
            }
        }
    }

    /// <summary>
    /// Whether nobody could mean a symbol here: the classes that hold cells, what these inherit, and what is declared
    /// further down.
    /// </summary>
    private static bool IsHidden(CompletionPlace place, ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol { IsScriptClass: true })
        {
            return true;
        }

        if (symbol.ContainingType is { SpecialType: SpecialType.System_Object })
        {
            return place.Token.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == null;
        }

        if (symbol is not (ILocalSymbol or IFieldSymbol { ContainingType.IsScriptClass: true }) ||
            symbol.DeclaringSyntaxReferences is not [{ } declared] || declared.SyntaxTree != place.Token.SyntaxTree)
        {
            return false;
        }

        return declared.Span.Start > place.Position ||
               (declared.Span.Contains(place.Position) && declared.GetSyntax() is VariableDeclaratorSyntax);
    }
}
