using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Lists the overloads of the call around the cursor; the one that fits best and its parameter are marked.</summary>
internal static class SignatureHelp
{
    /// <summary>The overloads; null where the cursor is in no call of something known.</summary>
    public static Inspection? At(SpeculativeCell cell, int position, bool detailed)
    {
        if (Call.Around(cell.Root, position) is not { } call || call.Targets(cell.Model) is not { Count: > 0 } targets)
        {
            return null;
        }

        var index = call.IndexAt(position);
        var active = Best(cell, call, targets, index);
        var page = new InspectionPage();
        page.Signatures(targets.Select(target => ReferenceEquals(target, active)
            ? Marked(call, target, index)
            : (SymbolText.Declaration(target), "", "", false)));
        var about = new SymbolPage(cell, page);
        about.Documentation(active);
        if (detailed)
        {
            about.Details(active);
        }

        return page.ToInspection();
    }

    private static ISymbol Best(SpeculativeCell cell, Call call, IReadOnlyList<ISymbol> targets, int index)
    {
        // A whole call has been decided by the compiler; one with an argument still to come has not, whatever it found.
        if (index < Math.Max(1, call.Arguments.Count(argument => !argument.Expression.IsMissing)) &&
            cell.Model.GetSymbolInfo(call.Node).Symbol is { } chosen &&
            targets.FirstOrDefault(target => Same(target.OriginalDefinition, chosen.OriginalDefinition)) is { } known &&
            (Call.Parameters(known).Count > 0 || call.Arguments.Count > 0))
        {
            return known;
        }

        return targets.Select((target, order) => (target, order))
            .OrderByDescending(pair => Fit(cell, call, pair.target, index)).ThenBy(pair => pair.order).First().target;
    }

    /// <summary>How well a target takes the given arguments; far below nothing where none is at the cursor.</summary>
    private static int Fit(SpeculativeCell cell, Call call, ISymbol target, int index)
    {
        var parameters = Call.Parameters(target);
        var fit = 0;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var (name, expression) = call.Arguments[i];
            if (expression.IsMissing)
            {
                continue;
            }

            var type = ParameterAt(parameters, i, name) switch
            {
                { IsParams: true, Type: IArrayTypeSymbol many } when cell.TypeOf(expression) is not IArrayTypeSymbol =>
                    many.ElementType,
                { } parameter => parameter.Type,
                null => null,
            };
            fit += type == null ? -2
                : cell.TypeOf(expression) is { } given && cell.Compilation.ClassifyConversion(given, type).IsIdentity ? 3
                : type is ITypeParameterSymbol || cell.Model.ClassifyConversion(expression, type).IsImplicit ? 2 : -1;
        }

        return ParameterAt(parameters, index, null) == null ? fit - 100 : fit;
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static IParameterSymbol? ParameterAt(IReadOnlyList<IParameterSymbol> parameters, int index, string? name) =>
        name != null ? parameters.FirstOrDefault(parameter => parameter.Name == name)
        : index < parameters.Count ? parameters[index]
        : parameters.LastOrDefault(parameter => parameter.IsParams);

    private static (string Before, string Marked, string After, bool Active) Marked(Call call, ISymbol target, int index)
    {
        var name = index < call.Arguments.Count ? call.Arguments[index].Name : null;
        var parameters = Call.Parameters(target);
        if (ParameterAt(parameters, index, name) is not { } parameter)
        {
            return (SymbolText.Declaration(target), "", "", true);
        }

        // The declaration is cut at its parameters: each is found by its own name's part, in order.
        var before = target is IMethodSymbol { MethodKind: MethodKind.ReducedExtension } ? "(extension) " : "";
        var after = "";
        var marked = "";
        foreach (var part in SymbolText.Parts(target))
        {
            if (part.Kind == SymbolDisplayPartKind.ParameterName && Same(part.Symbol, parameter))
            {
                marked = part.ToString();
            }
            else if (marked == "")
            {
                before += part;
            }
            else
            {
                after += part;
            }
        }

        return marked == "" ? (SymbolText.Declaration(target), "", "", true) : (before, marked, after, true);
    }
}
