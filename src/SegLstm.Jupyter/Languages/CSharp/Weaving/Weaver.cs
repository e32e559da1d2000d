using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Finds where a cell's text needs checks, and what calls need the cell's token.</summary>
/// <remarks>
/// Only the text between tokens changes, never the order or number of evaluations. Left alone: expression trees, constant
/// contexts, static constructors and finalizers (an exception there harms more than it stops), and whatever has no symbol.
/// </remarks>
internal sealed class Weaver : CSharpSyntaxWalker
{
    private readonly SemanticModel model;
    private readonly TextEdits edits = new();
    private readonly CallWeaver calls;
    private readonly FunctionWeaver functions;
    private int functionDepth;
    private int cleanupDepth;

    private Weaver(SemanticModel model)
    {
        this.model = model;
        calls = new CallWeaver(model, edits);
        functions = new FunctionWeaver(model, edits);
    }

    /// <summary>What to put into a tree.</summary>
    public static TextEdits Weave(SemanticModel model)
    {
        var weaver = new Weaver(model);
        weaver.Visit(model.SyntaxTree.GetRoot());
        return weaver.edits;
    }

    /// <inheritdoc/>
    public override void Visit(SyntaxNode? node)
    {
        switch (node)
        {
            case null or AttributeListSyntax or UsingDirectiveSyntax or EnumDeclarationSyntax or ParameterListSyntax:
                return;
            case AnonymousFunctionExpressionSyntax lambda:
                if (!IsExpressionTree(lambda))
                {
                    InFunction(lambda, cleanup: false);
                }

                return;
            case QueryExpressionSyntax query:
                // The clauses become lambdas, maybe expression trees; they have no room for statements. Their source is ours.
                Visit(query.FromClause.Expression);
                return;
            case DestructorDeclarationSyntax:
                return;
            case ConstructorDeclarationSyntax constructor when constructor.Modifiers.Any(SyntaxKind.StaticKeyword):
                WithCleanup(node);
                return;
            case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax:
            case PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null }:
                InFunction(node, FunctionWeaver.IsCleanup(node));
                return;
            case FieldDeclarationSyntax { Parent: CompilationUnitSyntax } field:
                Before(field, field.Declaration);
                break;
            case FieldDeclarationSyntax or PropertyDeclarationSyntax:
                functions.Initializers(node);
                break;
            case StatementSyntax statement:
                Statement(statement);
                break;
        }

        base.Visit(node);
    }

    /// <inheritdoc/>
    public override void VisitFinallyClause(FinallyClauseSyntax node) => WithCleanup(node);

    /// <inheritdoc/>
    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        calls.Await(node, inCell: functionDepth == 0);
        base.VisitAwaitExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetConstantValue(node).HasValue)
        {
            return; // nameof
        }

        calls.Invocation(node);
        base.VisitInvocationExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        calls.Member(node);
        base.VisitMemberAccessExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        calls.Creation(node);
        base.VisitObjectCreationExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        calls.Creation(node);
        base.VisitImplicitObjectCreationExpression(node);
    }

    private static bool Calls(SyntaxNode node) =>
        node.DescendantNodes(inner => inner is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Any(inner => inner is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax);

    private static bool IsListed(SyntaxNode statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax => true,
        GlobalStatementSyntax or LabeledStatementSyntax => IsListed(statement.Parent),
        _ => false,
    };

    private void Statement(StatementSyntax statement)
    {
        switch (statement)
        {
            case WhileStatementSyntax loop:
                Body(loop.Statement);
                break;
            case ForStatementSyntax loop:
                Body(loop.Statement);
                break;
            case DoStatementSyntax loop:
                Body(loop.Statement);
                break;
            case CommonForEachStatementSyntax loop:
                Body(loop.Statement);
                break;
            case GotoStatementSyntax:
                Before(statement, null);
                break;
            case ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax:
                Before(statement, statement);
                break;
        }
    }

    private void Body(StatementSyntax body)
    {
        if (body is BlockSyntax block)
        {
            edits.After(block.OpenBraceToken.Span.End, Names.Check);
        }
        else
        {
            edits.Around(body.Span, "{" + Names.Check, "}");
        }
    }

    private void Before(SyntaxNode statement, SyntaxNode? calling)
    {
        if (calling != null && (cleanupDepth > 0 || !Calls(calling)))
        {
            return;
        }

        if (IsListed(statement))
        {
            edits.Before(statement.SpanStart, Names.Check);
        }
        else if (statement.Parent is IfStatementSyntax or ElseClauseSyntax or UsingStatementSyntax or LockStatementSyntax
            or FixedStatementSyntax)
        {
            edits.Around(statement.Span, "{" + Names.Check, "}");
        }
    }

    private void InFunction(SyntaxNode function, bool cleanup)
    {
        functions.Function(function, cleanup);
        functionDepth++;
        cleanupDepth += cleanup ? 1 : 0;
        base.Visit(function);
        cleanupDepth -= cleanup ? 1 : 0;
        functionDepth--;
    }

    private void WithCleanup(SyntaxNode node)
    {
        cleanupDepth++;
        foreach (var child in node.ChildNodes())
        {
            Visit(child);
        }

        cleanupDepth--;
    }

    private bool IsExpressionTree(AnonymousFunctionExpressionSyntax lambda) =>
        model.GetTypeInfo(lambda).ConvertedType is INamedTypeSymbol { TypeKind: not TypeKind.Delegate } type &&
        type.ToDisplayString().StartsWith("System.Linq.Expressions.", StringComparison.Ordinal);
}
