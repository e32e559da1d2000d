using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Makes calls that wait end with the cell: by its token where they take one, else by a wait of ours.</summary>
internal sealed class CallWeaver(SemanticModel model, TextEdits edits)
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat;

    // Their overloads with a token mean something else than "stop waiting".
    private static readonly HashSet<string> OwnTokens =
    [
        "System.Threading.CancellationTokenSource", "System.Threading.CancellationToken",
        "System.Threading.Tasks.TaskCompletionSource",
        "System.OperationCanceledException",
    ];

    private static readonly HashSet<string> Tasks =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task<TResult>", "System.Threading.Tasks.ValueTask",
        "System.Threading.Tasks.ValueTask<TResult>",
    ];

    /// <summary>Weaves an `await`.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="inCell">Whether it stands at the cell's top level, whose thread it has to come back to.</param>
    public void Await(AwaitExpressionSyntax node, bool inCell)
    {
        var configured = Configured(node);
        var task = configured ?? node.Expression;
        if (!IsTask(task))
        {
            return;
        }

        if (InInterpolation(node))
        {
            // Around it all: at the top level of a script `await (…)` would be a call of a function named so.
            edits.Around(node.Span, "(", ")");
        }

        var function = inCell && configured == null ? nameof(Woven.AwaitInCell) : nameof(Woven.Await);
        edits.Around(task.Span, Names.Class + function + "(", ")");
    }

    /// <summary>Whether an `await` goes on on a thread of the pool without being asked to.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="woven">Whether <see cref="Await"/> was asked.</param>
    public bool LeavesThread(AwaitExpressionSyntax node, bool woven) =>
        Configured(node) == null && !(woven && IsTask(node.Expression));

    /// <summary>Weaves a call.</summary>
    public void Invocation(InvocationExpressionSyntax node)
    {
        if (model.GetSymbolInfo(node).Symbol is not IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method)
        {
            return;
        }

        switch (NameOf(method.ContainingType), method.Name)
        {
            case ("System.Console", "Clear"):
                Rename(node, nameof(Woven.ClearOutput));
                return;
            case ("System.Threading.Thread", "Sleep"):
                Rename(node, nameof(Woven.Sleep));
                return;
            case ("System.Threading.WaitHandle", "WaitOne"):
                Static(node, nameof(Woven.WaitOne));
                return;
            case ("System.Threading.Thread", "Join") when method.Parameters.Length == 0:
                Static(node, nameof(Woven.Join));
                return;
            case ("System.Diagnostics.Process", "WaitForExit") when method.Parameters.Length == 0:
                WrapReceiver(node, nameof(Woven.Exited));
                return;
            case ("System.Threading.Tasks.Task", "Wait") when method.Parameters.Length == 0:
            case ("System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>", "GetAwaiter") when TakesResult(node):
                WrapReceiver(node, nameof(Woven.Completed));
                return;
            case ("System.Threading.Tasks.Task", "WaitAll" or "WaitAny") when method.Parameters is [{ IsParams: true }]:
                Rename(node, method.Name);
                return;
            case ("System.Linq.Enumerable", "Range" or "Repeat" or "InfiniteSequence" or "Sequence"):
                Wrap(node, nameof(Woven.Sequence));
                return;
        }

        Token(method, node.ArgumentList.Arguments, node.ArgumentList.CloseParenToken, node);
    }

    /// <summary>Weaves the creation of an object.</summary>
    public void Creation(BaseObjectCreationExpressionSyntax node)
    {
        if (node.ArgumentList is { } arguments && model.GetSymbolInfo(node).Symbol is IMethodSymbol constructor)
        {
            Optional(constructor, arguments.Arguments, arguments.CloseParenToken);
            if (NameOf(constructor.ContainingType) == "System.Threading.Thread" &&
                arguments.Arguments is [{ NameColon: null } start, ..])
            {
                Wrap(start.Expression, nameof(Woven.OnThread));
            }
        }
    }

    /// <summary>Weaves `task.Result`.</summary>
    public void Member(MemberAccessExpressionSyntax node)
    {
        if (node is { Name.Identifier.ValueText: "Result", RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } &&
            !BeginsWithBinding(node.Expression) && model.GetTypeInfo(node.Expression).Type is { } type &&
            NameOf(type) == "System.Threading.Tasks.Task<TResult>")
        {
            Wrap(node.Expression, nameof(Woven.Completed));
        }
    }

    /// <summary>What stands before `.ConfigureAwait(…)`.</summary>
    private static ExpressionSyntax? Configured(AwaitExpressionSyntax node) =>
        node.Expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access
        }
            ? access.Expression
            : null;

    private static string NameOf(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString();

    private static bool IsToken(ITypeSymbol type) => type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" };

    /// <summary>`global::` would end the expression of an interpolation, unless in parentheses.</summary>
    private static bool InInterpolation(SyntaxNode node) => node.Ancestors().Any(ancestor => ancestor is InterpolationSyntax);

    /// <summary>Whether an awaiter is asked for its result at once, which blocks; others ask to be called back.</summary>
    private static bool TakesResult(InvocationExpressionSyntax awaiter) =>
        awaiter.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" };

    /// <summary>Whether an expression is the rest of a `?.` or `?[`, which cannot stand alone.</summary>
    private static bool BeginsWithBinding(ExpressionSyntax expression) => expression switch
    {
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => true,
        MemberAccessExpressionSyntax access => BeginsWithBinding(access.Expression),
        InvocationExpressionSyntax call => BeginsWithBinding(call.Expression),
        ElementAccessExpressionSyntax access => BeginsWithBinding(access.Expression),
        PostfixUnaryExpressionSyntax postfix => BeginsWithBinding(postfix.Operand),
        _ => false,
    };

    /// <summary>What a call is called on, where it can be written elsewhere.</summary>
    private static MemberAccessExpressionSyntax? Receiver(InvocationExpressionSyntax node) =>
        node.Expression is MemberAccessExpressionSyntax { Expression: not BaseExpressionSyntax } access &&
        !BeginsWithBinding(access)
            ? access
            : null;

    private bool IsTask(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type is { TypeKind: not TypeKind.Dynamic } type && Tasks.Contains(NameOf(type));

    /// <summary>Makes `Class.Name(arguments)` `Function(arguments)`.</summary>
    private void Rename(InvocationExpressionSyntax node, string function)
    {
        if (InInterpolation(node))
        {
            edits.Around(node.Span, "(", ")");
        }

        edits.Replace(node.Expression.Span, Names.Class + function);
    }

    private void Wrap(ExpressionSyntax node, string function)
    {
        var inside = InInterpolation(node);
        edits.Around(node.Span, (inside ? "(" : "") + Names.Class + function + "(", inside ? "))" : ")");
    }

    private void WrapReceiver(InvocationExpressionSyntax node, string function)
    {
        if (Receiver(node) is { } access)
        {
            Wrap(access.Expression, function);
        }
    }

    /// <summary>Makes `receiver.Name(arguments)` `Function(receiver, arguments)`.</summary>
    private void Static(InvocationExpressionSyntax node, string function)
    {
        if (Receiver(node) is not { } access)
        {
            return;
        }

        var inside = InInterpolation(node);
        edits.Before(access.Expression.SpanStart, (inside ? "(" : "") + Names.Class + function + "(");
        var name = TextSpan.FromBounds(access.OperatorToken.SpanStart, node.ArgumentList.OpenParenToken.Span.End);
        edits.Replace(name, node.ArgumentList.Arguments.Count == 0 ? "" : ",");
        if (inside)
        {
            edits.After(node.Span.End, ")");
        }
    }

    private void Token(
        IMethodSymbol method, SeparatedSyntaxList<ArgumentSyntax> arguments, SyntaxToken close, SyntaxNode node)
    {
        if (Optional(method, arguments, close) || method.Locations.Any(location => location.IsInSource) ||
            OwnTokens.Contains(NameOf(method.ContainingType).Split('<')[0]) ||
            method.Parameters.Any(parameter => IsToken(parameter.Type)) ||
            method.Parameters.Length != arguments.Count || method.Parameters is [.., { IsParams: true }] ||
            arguments.Any(argument => argument.NameColon != null))
        {
            return;
        }

        var definition = method.ReducedFrom is { } reduced ? Constructed(reduced, method) : method;
        var twin = definition.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .Where(candidate => candidate.Arity == method.Arity && candidate.IsStatic == definition.IsStatic)
            .Select(candidate => Constructed(candidate, method))
            .FirstOrDefault(candidate => IsTwin(candidate, definition, node.SpanStart));
        if (twin != null)
        {
            Argument(twin.Parameters[^1].Name, arguments.Count, close);
        }
    }

    private bool IsTwin(IMethodSymbol candidate, IMethodSymbol method, int position) =>
        candidate.Parameters.Length == method.Parameters.Length + 1 &&
        IsToken(candidate.Parameters[^1].Type) &&
        candidate.ReturnType.ToDisplayString(Full) == method.ReturnType.ToDisplayString(Full) &&
        candidate.Parameters.Zip(method.Parameters).All(pair => pair.First.RefKind == pair.Second.RefKind &&
            SymbolEqualityComparer.Default.Equals(pair.First.Type, pair.Second.Type)) &&
        !candidate.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute") &&
        model.IsAccessible(position, candidate);

    private static IMethodSymbol Constructed(IMethodSymbol candidate, IMethodSymbol like) =>
        candidate.Arity > 0 && candidate.Arity == like.TypeArguments.Length
            ? candidate.Construct([.. like.TypeArguments])
            : candidate;

    /// <summary>Gives the cell's token where a parameter for one is left out.</summary>
    private bool Optional(IMethodSymbol method, SeparatedSyntaxList<ArgumentSyntax> arguments, SyntaxToken close)
    {
        var parameter = method.Parameters.FirstOrDefault(parameter => parameter.IsOptional && IsToken(parameter.Type));
        var expanded = method.Parameters is [.., { IsParams: true }];
        if (parameter == null || expanded || arguments.Count > parameter.Ordinal ||
            arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name))
        {
            return false;
        }

        Argument(parameter.Name, arguments.Count, close);
        return true;
    }

    private void Argument(string name, int others, SyntaxToken close) =>
        edits.Before(close.SpanStart, (others > 0 ? "," : "") + "@" + name + ":" + Names.Token);
}
