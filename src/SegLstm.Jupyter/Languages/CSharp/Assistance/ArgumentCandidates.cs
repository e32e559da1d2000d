using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The names that an argument could have: `digits:` of a method, `Order =` of an attribute.</summary>
internal static class ArgumentCandidates
{
    /// <summary>The names of parameters that are not given yet, where an argument begins.</summary>
    public static IEnumerable<Candidate> Of(CompletionPlace place, SimpleNameSyntax name)
    {
        var argument = name.Parent switch
        {
            ArgumentSyntax or AttributeArgumentSyntax => name.Parent,
            NameColonSyntax or NameEqualsSyntax => name.Parent.Parent,
            _ => null,
        };
        if (Call.OfArgument(argument) is not { } call)
        {
            return [];
        }

        var typed = name.Parent is NameColonSyntax;
        var given = call.Arguments.Select(one => one.Name).ToHashSet();
        var before = call.Arguments.TakeWhile(one => one.Name == null && !one.Expression.Span.Contains(place.Position)).Count();
        var parameters = call.Targets(place.Model)
            .SelectMany(target => Call.Parameters(target).Skip(before))
            .Where(parameter => !given.Contains(parameter.Name))
            .Select(parameter => new Candidate(parameter.Name + (typed ? "" : ":"), CandidateGroup.Expected, "param")
            {
                Symbol = parameter,
            });
        return call.Node is AttributeSyntax attribute ? parameters.Concat(Properties(place, attribute)) : parameters;
    }

    private static IEnumerable<Candidate> Properties(CompletionPlace place, AttributeSyntax attribute) =>
        place.Model.GetTypeInfo(attribute).Type is { } type
            ? place.Model.LookupSymbols(place.Position, type)
                .Where(member => !member.IsStatic)
                .Where(member => member is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false })
                .Select(member => Candidate.Of(member, CandidateGroup.Expected))
            : [];
}
