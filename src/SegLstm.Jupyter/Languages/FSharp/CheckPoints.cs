using FSharp.Compiler.Syntax;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Finds the bodies of loops and functions in F# code.</summary>
internal static class CheckPoints
{
    /// <summary>
    /// The bodies, and whether each is a function's. What is inside computation expressions and quotations is left out.
    /// </summary>
    public static IReadOnlyList<(SynExpr Body, bool IsCall)> In(ParsedInput code)
    {
        var found = new List<(SynExpr, bool)>();
        ParsedInputModule.fold(
            FuncConvert.FromFunc<Unit, FSharpList<SyntaxNode>, SyntaxNode, Unit>((_, path, node) =>
            {
                if (!path.Append(node).Any(IsClosed))
                {
                    found.AddRange(Of(node));
                }

                return null!;
            }),
            null!,
            code);
        return found;
    }

    private static IEnumerable<(SynExpr Body, bool IsCall)> Of(SyntaxNode node) => node switch
    {
        SyntaxNode.SynExpr { Item: SynExpr.While loop } => [(loop.doExpr, false)],
        SyntaxNode.SynExpr { Item: SynExpr.For loop } => [(loop.doBody, false)],
        SyntaxNode.SynExpr { Item: SynExpr.ForEach loop } => [(loop.bodyExpr, false)],
        SyntaxNode.SynExpr { Item: SynExpr.Lambda { parsedData: { } data } } => [(data.Value.Item2, true)],
        SyntaxNode.SynExpr { Item: SynExpr.MatchLambda lambda } =>
            lambda.matchClauses.Select(clause => (clause.resultExpr, true)),
        SyntaxNode.SynBinding { Item: { headPat: SynPat.LongIdent { argPats: SynArgPats.Pats { pats.IsEmpty: false } } } } owner
            when owner.Item is var binding =>
            Function(binding.expr is SynExpr.Typed typed && binding.returnInfo is not null ? typed.expr : binding.expr),
        _ => [],
    };

    // A match or an `if` that begins beside the function's head takes no line before it: its branches do.
    private static IEnumerable<(SynExpr Body, bool IsCall)> Function(SynExpr body) => body switch
    {
        SynExpr.Match match => match.clauses.SelectMany(clause => Function(clause.resultExpr)).Prepend((body, true)),
        SynExpr.IfThenElse { elseExpr: { } other } choice =>
            Function(choice.thenExpr).Concat(Function(other.Value)).Prepend((body, true)),
        _ => [(body, true)],
    };

    private static bool IsClosed(SyntaxNode node) => node is SyntaxNode.SynExpr
    {
        Item: SynExpr.ComputationExpr or SynExpr.ArrayOrListComputed or SynExpr.Quote,
    };
}
