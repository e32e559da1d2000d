using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The members that an object initialiser, a `with` or a property pattern could name.</summary>
internal static class InitializerCandidates
{
    /// <summary>The members; null where the place is none of these, or where values of a collection could stand too.</summary>
    public static IEnumerable<Candidate>? Of(CompletionPlace place, SimpleNameSyntax name)
    {
        var properties = name.Parent switch
        {
            ConstantPatternSyntax { Parent: SubpatternSyntax { Parent: PropertyPatternClauseSyntax clause } } => clause,
            NameColonSyntax { Parent: SubpatternSyntax { Parent: PropertyPatternClauseSyntax clause } } => clause,
            _ => null,
        };
        if (properties != null)
        {
            var matched = place.Model.GetTypeInfo(properties.Parent!);
            var used = properties.Subpatterns.Select(part => part.NameColon?.Name.Identifier.ValueText);
            return Members(place, matched.ConvertedType ?? matched.Type, used, toWrite: false);
        }

        var initializer = name.Parent switch
        {
            InitializerExpressionSyntax direct => direct,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax around, Left: { } left } when left == name => around,
            _ => null,
        };
        var type = initializer?.Parent switch
        {
            BaseObjectCreationExpressionSyntax creation =>
                place.Cell.TypeOf(creation) ?? place.Model.GetTypeInfo(creation).ConvertedType,
            WithExpressionSyntax with => place.Cell.TypeOf(with.Expression),
            AssignmentExpressionSyntax nested => place.Cell.TypeOf(nested.Left),
            _ => null,
        };
        if (type == null || type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable))
        {
            return null;
        }

        var assigned = initializer!.Expressions.OfType<AssignmentExpressionSyntax>()
            .Select(one => (one.Left as SimpleNameSyntax)?.Identifier.ValueText);
        return Members(place, type, assigned, toWrite: true);
    }

    private static IEnumerable<Candidate> Members(
        CompletionPlace place, ITypeSymbol? type, IEnumerable<string?> used, bool toWrite)
    {
        var names = used.ToHashSet();
        return type == null ? [] : place.Model.LookupSymbols(place.Position, type)
            .Where(member => !member.IsStatic && member.CanBeReferencedByName && !names.Contains(member.Name) && member switch
            {
                IPropertySymbol { IsIndexer: false } property => toWrite
                    ? property.SetMethod is { } setter && place.Model.IsAccessible(place.Position, setter)
                    : property.GetMethod != null,
                IFieldSymbol field => !toWrite || !field.IsReadOnly,
                _ => false,
            })
            .Select(member => Candidate.Of(member, CandidateGroup.Expected));
    }
}
