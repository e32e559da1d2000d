using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Finds where a cell's text needs checks, and what calls need the cell's token.</summary>
/// <remarks>
/// Only the text between tokens changes, never the order or number of evaluations. Left alone: expression trees, constant
/// contexts, whatever has no symbol, and code that is run once and must reach its end: `finally`, `Dispose`, finalizers, static
/// constructors and static initialisers of types. A stop that began there would harm more than it stops.
/// </remarks>
internal sealed class Weaver : CSharpSyntaxWalker
{
    private readonly SemanticModel model;
    private readonly TextEdits edits = new();
    private readonly CallWeaver calls;
    private readonly FunctionWeaver functions;
    private readonly bool checksOnly;
    private int functionDepth;
    private int cleanupDepth;
    private bool inStatic;

    private Weaver(SemanticModel model, bool checksOnly)
    {
        this.model = model;
        this.checksOnly = checksOnly;
        calls = new CallWeaver(model, edits);
        functions = new FunctionWeaver(model, edits);
    }

    // Static initialisers hold no statements, but functions that run later.
    private bool WeavesExpressions => !checksOnly && !inStatic && cleanupDepth == 0;

    /// <summary>What to put into a tree.</summary>
    /// <param name="model">The tree and what it means.</param>
    /// <param name="checksOnly">Whether to put statements before statements only, and leave every expression as it is.</param>
    public static TextEdits Weave(SemanticModel model, bool checksOnly = false)
    {
        var weaver = new Weaver(model, checksOnly);
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
                    InFunction(lambda);
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
                InFunction(node);
                return;
            case FieldDeclarationSyntax { Parent: CompilationUnitSyntax } field:
                Before(field, field.Declaration);
                ReturnAfter(field);
                break;
            case BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax
                when ((MemberDeclarationSyntax)node).Modifiers.Any(SyntaxKind.StaticKeyword):
                inStatic = true;
                base.Visit(node);
                inStatic = false;
                return;
            case FieldDeclarationSyntax or PropertyDeclarationSyntax when WeavesExpressions:
                functions.Initializers(node);
                break;
            case ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax when WeavesExpressions:
                functions.ConstructorArguments(node);
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
        if (WeavesExpressions)
        {
            calls.Await(node, inCell: functionDepth == 0);
        }

        base.VisitAwaitExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetConstantValue(node).HasValue)
        {
            return; // nameof
        }

        if (WeavesExpressions)
        {
            calls.Invocation(node);
        }

        base.VisitInvocationExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (WeavesExpressions)
        {
            calls.Member(node);
        }

        base.VisitMemberAccessExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        if (WeavesExpressions)
        {
            calls.Creation(node);
        }

        base.VisitObjectCreationExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        if (WeavesExpressions)
        {
            calls.Creation(node);
        }

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

    private static bool IsEmbedded(SyntaxNode statement) =>
        statement.Parent is IfStatementSyntax or ElseClauseSyntax or UsingStatementSyntax or LockStatementSyntax
            or FixedStatementSyntax or WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax
            or CommonForEachStatementSyntax;

    private void Statement(StatementSyntax statement)
    {
        if (statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: false } or LocalDeclarationStatementSyntax
            or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 })
        {
            ReturnAfter(statement);
        }

        if (cleanupDepth > 0)
        {
            return;
        }

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
        if (calling != null && !Calls(calling))
        {
            return;
        }

        if (IsListed(statement))
        {
            edits.Before(statement.SpanStart, Names.Check);
        }
        else if (IsEmbedded(statement) && statement.Parent is not (WhileStatementSyntax or ForStatementSyntax
            or DoStatementSyntax or CommonForEachStatementSyntax))
        {
            // A loop's body has a check already.
            edits.Around(statement.Span, "{" + Names.Check, "}");
        }
    }

    /// <summary>Brings the cell's top level back to its thread after awaits of what is no task.</summary>
    private void ReturnAfter(SyntaxNode statement)
    {
        if (functionDepth > 0 || checksOnly || !LeavesThread(statement))
        {
            return;
        }

        if (statement is CommonForEachStatementSyntax { Statement: BlockSyntax block })
        {
            edits.After(block.OpenBraceToken.Span.End, Names.ToCell);
        }
        else if (statement is CommonForEachStatementSyntax loop)
        {
            edits.Around(loop.Statement.Span, "{" + Names.ToCell, "}");
        }

        if (IsListed(statement))
        {
            edits.After(statement.Span.End, Names.ToCell);
        }
        else if (IsEmbedded(statement))
        {
            edits.Around(statement.Span, "{", Names.ToCell + "}");
        }
    }

    private bool LeavesThread(SyntaxNode statement) =>
        statement is CommonForEachStatementSyntax ||
        statement.DescendantNodes(inner => inner is not AnonymousFunctionExpressionSyntax)
            .Any(inner => inner is AwaitExpressionSyntax node && calls.LeavesThread(node, woven: WeavesExpressions));

    private void InFunction(SyntaxNode function)
    {
        var cleanup = cleanupDepth > 0 || FunctionWeaver.IsCleanup(function);
        functions.Function(function, cleanup);
        var outside = inStatic;
        inStatic = false;
        functionDepth++;
        cleanupDepth += cleanup ? 1 : 0;
        base.Visit(function);
        cleanupDepth -= cleanup ? 1 : 0;
        functionDepth--;
        inStatic = outside;
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
