using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>What could stand after `.`, `?.`, `-&gt;` and `::`.</summary>
internal static class MemberCandidates
{
    /// <summary>The members of what an expression, type or namespace means.</summary>
    public static IEnumerable<Candidate> Of(CompletionPlace place, ExpressionSyntax left)
    {
        var symbol = place.Cell.SymbolOf(left);
        if (symbol is INamespaceSymbol group)
        {
            var named = place.Model.LookupNamespacesAndTypes(place.Position, group);
            return NamespacesOnly(place) ? Groups(named.OfType<INamespaceSymbol>()) : Groups(named);
        }

        if (symbol is ITypeSymbol type)
        {
            var statics = Statics(place, type);
            return NamespacesOnly(place) ? [] : Groups(statics);
        }

        var members = place.Cell.TypeOf(left) is { } value ? Instance(place, value, left) : [];

        // `Color Color`: the name may mean the property and its type.
        return symbol is IPropertySymbol or IFieldSymbol && left is IdentifierNameSyntax && place.Cell.TypeOf(left) is { } both
            && both.Name == symbol.Name ? Groups(members.Concat(Statics(place, both))) : Groups(members);
    }

    /// <summary>The members after `?.`.</summary>
    public static IEnumerable<Candidate> OfConditional(CompletionPlace place, MemberBindingExpressionSyntax binding)
    {
        var access = binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
            .FirstOrDefault(access => access.WhenNotNull.Span.Contains(binding.Span));
        if (access == null || place.Cell.TypeOf(access.Expression) is not { } type)
        {
            return [];
        }

        return Groups(Instance(place, SpeculativeCell.WithoutNull(type), access.Expression));
    }

    private static bool NamespacesOnly(CompletionPlace place) =>
        place.Name?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Alias: null, StaticKeyword.RawKind: 0 };

    private static IEnumerable<ISymbol> Statics(CompletionPlace place, ITypeSymbol type) =>
        place.Model.LookupSymbols(place.Position, type).Where(member => member.IsStatic || member is ITypeSymbol);

    private static IEnumerable<ISymbol> Instance(CompletionPlace place, ITypeSymbol type, ExpressionSyntax left)
    {
        if (type is IPointerTypeSymbol pointer && left.Parent.IsKind(SyntaxKind.PointerMemberAccessExpression))
        {
            type = pointer.PointedAtType;
        }

        var members = left is BaseExpressionSyntax
            ? place.Model.LookupBaseMembers(place.Position)
            : place.Model.LookupSymbols(place.Position, type, includeReducedExtensionMethods: true);
        return members.Where(member => !member.IsStatic && member is not ITypeSymbol && !IsHiddenBy(type, member));
    }

    private static IEnumerable<Candidate> Groups(IEnumerable<ISymbol> symbols) =>
        symbols.Where(symbol => symbol.CanBeReferencedByName).Select(symbol => Candidate.Of(symbol, symbol switch
        {
            INamespaceSymbol => CandidateGroup.Namespace,
            ITypeSymbol => CandidateGroup.Type,
            IMethodSymbol { MethodKind: MethodKind.ReducedExtension } => CandidateGroup.Extension,
            _ when IsCommon(symbol) => CandidateGroup.Common,
            _ => CandidateGroup.Member,
        }));

    /// <summary>Whether a type hides what it overrides: a look-up finds the method that was overridden.</summary>
    private static bool IsHiddenBy(ITypeSymbol type, ISymbol member) =>
        IsCommon(member) && type.GetMembers(member.Name).Any(own => own.IsOverride && !SymbolText.IsBrowsable(own));

    private static bool IsCommon(ISymbol member)
    {
        var first = member;
        while (first is IMethodSymbol { OverriddenMethod: { } overridden })
        {
            first = overridden;
        }

        return first.ContainingType is { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType };
    }
}
