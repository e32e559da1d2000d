using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Puts checks at the beginning of functions, whatever form their bodies have.</summary>
internal sealed class FunctionWeaver(SemanticModel model, TextEdits edits)
{
    private const string NoInlining = "[global::System.Runtime.CompilerServices.MethodImpl(" +
        "global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    /// <summary>Whether a function cleans up: it has to reach its end when its cell is asked to stop.</summary>
    public static bool IsCleanup(SyntaxNode function) =>
        function is MethodDeclarationSyntax { Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" };

    /// <summary>Weaves the entry of a function.</summary>
    public void Function(SyntaxNode function, bool cleanup)
    {
        var kind = Entry(function, cleanup);
        var entry = Names.Class + kind + "();";
        if (kind == nameof(Woven.Enter) && CanBeMarked(function))
        {
            // Calls cost more than their frame, and traces show every function that is not a leaf.
            edits.Before(function.SpanStart, NoInlining);
        }

        switch (function)
        {
            case AnonymousFunctionExpressionSyntax { Block: { } block }:
                edits.After(block.OpenBraceToken.Span.End, entry);
                break;
            case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                if (model.GetSymbolInfo(lambda).Symbol is IMethodSymbol symbol)
                {
                    edits.Around(body.Span, "{" + entry + Return(body, symbol), ";}");
                }

                break;
            case BaseMethodDeclarationSyntax method when !IsCalledByNativeCode(method.AttributeLists):
                Body(method.Body, method.ExpressionBody, method.SemicolonToken, entry, method);
                break;
            case LocalFunctionStatementSyntax local when !IsCalledByNativeCode(local.AttributeLists):
                Body(local.Body, local.ExpressionBody, local.SemicolonToken, entry, local);
                break;
            case AccessorDeclarationSyntax accessor:
                Body(accessor.Body, accessor.ExpressionBody, accessor.SemicolonToken, entry, accessor);
                break;
            case PropertyDeclarationSyntax { ExpressionBody: { } body } property:
                Getter(body, property.SemicolonToken, entry);
                break;
            case IndexerDeclarationSyntax { ExpressionBody: { } body } indexer:
                Getter(body, indexer.SemicolonToken, entry);
                break;
        }
    }

    /// <summary>Weaves initialisers of a type's fields and properties, which run before its constructor's body.</summary>
    public void Initializers(SyntaxNode member)
    {
        var values = member switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer?.Value),
            PropertyDeclarationSyntax property => [property.Initializer?.Value],
            _ => [],
        };
        foreach (var value in values.OfType<ExpressionSyntax>())
        {
            // Not `{ new A() }`, which is no expression.
            var creates = value is not InitializerExpressionSyntax &&
                value.DescendantNodesAndSelf(inner => inner is not AnonymousFunctionExpressionSyntax).Any(inner =>
                    inner is BaseObjectCreationExpressionSyntax creation &&
                    model.GetTypeInfo(creation).Type is { Locations: [{ IsInSource: true }, ..], IsRefLikeType: false });
            if (creates)
            {
                Begin(value);
            }
        }
    }

    /// <summary>Weaves what a constructor gives to another one, which is computed before its body runs.</summary>
    public void ConstructorArguments(SyntaxNode initializer)
    {
        var arguments = initializer.ChildNodes().OfType<ArgumentListSyntax>().SelectMany(list => list.Arguments);
        var first = arguments.FirstOrDefault(argument => argument.RefKindKeyword == default &&
            model.GetTypeInfo(argument.Expression).Type is { IsRefLikeType: false } && !IsLeaf(argument.Expression));
        if (first != null)
        {
            Begin(first.Expression);
        }
    }

    private void Begin(ExpressionSyntax value) =>
        edits.Around(value.Span, $"({Names.Class}{nameof(Woven.Begin)}()?(", "):default)");

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword != default,
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    } || function.DescendantNodes(inner => inner == function || inner is not (AnonymousFunctionExpressionSyntax or
        LocalFunctionStatementSyntax)).Any(inner => inner is YieldStatementSyntax);

    private static bool CanBeMarked(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => false,
        AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => false,
        BaseMethodDeclarationSyntax method => !HasMethodImpl(method.AttributeLists),
        LocalFunctionStatementSyntax local => !HasMethodImpl(local.AttributeLists),
        AccessorDeclarationSyntax accessor => !HasMethodImpl(accessor.AttributeLists),
        _ => false,
    };

    private static bool HasMethodImpl(SyntaxList<AttributeListSyntax> attributes) =>
        attributes.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Contains("MethodImpl"));

    private static bool IsCalledByNativeCode(SyntaxList<AttributeListSyntax> attributes) =>
        attributes.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString().Contains("UnmanagedCallersOnly"));

    private static string Return(ExpressionSyntax body, IMethodSymbol symbol)
    {
        var nothing = symbol.ReturnsVoid ||
            (symbol.IsAsync && symbol.ReturnType is INamedTypeSymbol { Arity: 0 }) ||
            body is ThrowExpressionSyntax;
        return nothing ? "" : "return ";
    }

    private string Entry(SyntaxNode function, bool cleanup) =>
        cleanup ? nameof(Woven.EnterCleanup)
        : IsAsync(function) ? nameof(Woven.EnterAsync)
        : IsLeaf(function) ? nameof(Woven.Check)
        : nameof(Woven.Enter);

    private void Body(
        BlockSyntax? block, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon, string entry, SyntaxNode function)
    {
        if (block != null)
        {
            edits.After(block.OpenBraceToken.Span.End, entry);
        }
        else if (arrow != null && model.GetDeclaredSymbol(function) is IMethodSymbol symbol)
        {
            edits.Replace(arrow.ArrowToken.Span, "{" + entry + Return(arrow.Expression, symbol));
            edits.After(semicolon.Span.End, "}");
        }
    }

    private void Getter(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, string entry)
    {
        edits.Replace(arrow.ArrowToken.Span, "{get{" + entry + (arrow.Expression is ThrowExpressionSyntax ? "" : "return "));
        edits.After(semicolon.Span.End, "}}");
    }

    /// <summary>Whether code can neither recurse nor run long: it then needs no look at the stack.</summary>
    private bool IsLeaf(SyntaxNode code)
    {
        // Where a body is an arrow, the property or indexer itself is no operation.
        var body = code is BasePropertyDeclarationSyntax
            ? code.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Single()
            : code;
        return model.GetOperation(body) is { } operation && !operation.DescendantsAndSelf().Any(CallsUsersCode);
    }

    private static bool CallsUsersCode(IOperation operation) => operation switch
    {
        IInvocationOperation or IObjectCreationOperation or ITypeParameterObjectCreationOperation or IAwaitOperation => true,
        IForEachLoopOperation or IUsingOperation or IUsingDeclarationOperation => true,
        IWithOperation or IInterpolatedStringOperation or ICollectionExpressionOperation or IFunctionPointerInvocationOperation =>
            true,
        IDeconstructionAssignmentOperation { Value: not ITupleOperation } => true,
        IRecursivePatternOperation { DeconstructSymbol: not null } or IListPatternOperation => true,
        IImplicitIndexerReferenceOperation => true,
        IMemberReferenceOperation { Member: IPropertySymbol or IEventSymbol } reference =>
            reference.Member is { Locations: [{ IsInSource: true }, ..] },
        IConversionOperation conversion => conversion.OperatorMethod != null,
        IBinaryOperation binary => binary.OperatorMethod != null,
        IUnaryOperation unary => unary.OperatorMethod != null,
        IIncrementOrDecrementOperation step => step.OperatorMethod != null,
        ICompoundAssignmentOperation compound =>
            compound.OperatorMethod != null || compound.InConversion.IsUserDefined || compound.OutConversion.IsUserDefined,
        _ => operation.Type?.TypeKind == TypeKind.Dynamic,
    };
}
