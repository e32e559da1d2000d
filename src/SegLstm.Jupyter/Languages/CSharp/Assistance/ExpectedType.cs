using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The types that the code around an expression asks for.</summary>
internal static class ExpectedType
{
    /// <summary>The types; several where a method has overloads, none where anything may stand.</summary>
    public static IEnumerable<ITypeSymbol> Of(CompletionPlace place, ExpressionSyntax expression)
    {
        var cell = place.Cell;
        return expression.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax all } } =>
                Type(all.Type),
            EqualsValueClauseSyntax { Parent: ParameterSyntax { Type: { } type } } => Type(type),
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => Type(property.Type),
            AssignmentExpressionSyntax assignment when assignment.Right == expression => Value(assignment.Left),
            BinaryExpressionSyntax both when IsComparison(both) => Value(both.Left == expression ? both.Right : both.Left),
            BinaryExpressionSyntax test when test.IsKind(SyntaxKind.IsExpression) => Value(test.Left),
            ArgumentSyntax or AttributeArgumentSyntax => Parameter(place, expression.Parent),
            CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax statement } => Value(statement.Expression),
            PatternSyntax pattern => Matched(pattern),
            ReturnStatementSyntax when cell.Model.GetEnclosingSymbol(place.Position) is IMethodSymbol { IsAsync: false } method =>
                [method.ReturnType],
            _ => [],
        };

        IEnumerable<ITypeSymbol> Type(TypeSyntax type) => cell.SymbolOf(type) is ITypeSymbol found ? [found] : [];
        IEnumerable<ITypeSymbol> Value(ExpressionSyntax value) => cell.TypeOf(value) is { } found ? [found] : [];
        IEnumerable<ITypeSymbol> Matched(SyntaxNode? node)
        {
            while (node is PatternSyntax and not RecursivePatternSyntax
                or CasePatternSwitchLabelSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax)
            {
                node = node.Parent;
            }

            return node switch
            {
                SwitchStatementSyntax statement => Value(statement.Expression),
                SwitchExpressionSyntax match => Value(match.GoverningExpression),
                IsPatternExpressionSyntax test => Value(test.Expression),
                _ => [],
            };
        }
    }

    /// <summary>The members of the enums that are asked for, each with the name of its enum before it.</summary>
    public static IEnumerable<Candidate> Values(CompletionPlace place, ExpressionSyntax expression)
    {
        var enums = Of(place, expression).Select(SpeculativeCell.WithoutNull)
            .Where(type => type.TypeKind == TypeKind.Enum).Distinct<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in enums)
        {
            var name = type.ToMinimalDisplayString(place.Model, place.Position);
            foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst))
            {
                var value = Candidate.Of(member, CandidateGroup.Expected);
                yield return value with { Text = $"{name}.{value.Text}", Alias = member.Name };
            }
        }
    }

    private static bool IsComparison(BinaryExpressionSyntax binary) => binary.Kind() is SyntaxKind.EqualsExpression
        or SyntaxKind.NotEqualsExpression or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
        or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression
        or SyntaxKind.BitwiseOrExpression or SyntaxKind.BitwiseAndExpression;

    private static IEnumerable<ITypeSymbol> Parameter(CompletionPlace place, SyntaxNode argument)
    {
        if (Call.OfArgument(argument) is not { } call)
        {
            return [];
        }

        var index = call.IndexAt(place.Position);
        var name = index < call.Arguments.Count ? call.Arguments[index].Name : null;
        return call.Targets(place.Model).Select(Call.Parameters).Select(parameters => name == null
                ? parameters.ElementAtOrDefault(index)
                : parameters.FirstOrDefault(parameter => parameter.Name == name))
            .Where(parameter => parameter != null).Select(parameter => parameter!.Type);
    }
}
