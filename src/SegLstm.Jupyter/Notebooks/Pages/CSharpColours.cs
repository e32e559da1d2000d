using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>C# as HTML, its words marked as the compiler's own parser reads them: raw strings, records and 3e-4
/// included.</summary>
internal static class CSharpColours
{
    /// <summary>The code as HTML.</summary>
    public static string ToHtml(string code)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var html = new StringBuilder();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            foreach (SyntaxTrivia trivia in token.LeadingTrivia) Append(html, trivia.ToFullString(), ClassOf(trivia));
            Append(html, token.Text, ClassOf(token));
            foreach (SyntaxTrivia trivia in token.TrailingTrivia) Append(html, trivia.ToFullString(), ClassOf(trivia));
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, string? name)
    {
        if (name is null) html.Append(Html.Escape(text));
        else html.Append("<span class=\"").Append(name).Append("\">").Append(Html.Escape(text)).Append("</span>");
    }

    private static string? ClassOf(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
            or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia => "comment",
        _ => trivia.IsDirective ? "preprocessorKeyword" : null,
    };

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.IdentifierToken when token.Parent is IdentifierNameSyntax { IsVar: true } => "keyword",
        SyntaxKind.IdentifierToken => IsType(token) ? "className" : null,
        SyntaxKind.CharacterLiteralToken or SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => "string",
        _ => SyntaxFacts.IsKeywordKind(token.Kind()) ? "keyword" : null,
    };

    // Where the syntax alone says that a name is a type's.
    private static bool IsType(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax => true,
        GenericNameSyntax name => name.Parent is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax),
        IdentifierNameSyntax name => name.Parent switch
        {
            VariableDeclarationSyntax or ObjectCreationExpressionSyntax or ParameterSyntax or TypeArgumentListSyntax
                or ArrayTypeSyntax or NullableTypeSyntax or BaseTypeSyntax or MethodDeclarationSyntax
                or LocalFunctionStatementSyntax or CatchDeclarationSyntax => true,
            PropertyDeclarationSyntax property => property.Type == name,
            CastExpressionSyntax cast => cast.Type == name,
            ForEachStatementSyntax loop => loop.Type == name,
            _ => false,
        },
        _ => false,
    };
}
