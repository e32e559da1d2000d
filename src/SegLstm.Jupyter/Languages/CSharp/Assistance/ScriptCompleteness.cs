using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Languages.CSharp.Running;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Tells whether a cell's text is whole, could become so, or is wrong whatever may follow.</summary>
internal static class ScriptCompleteness
{
    private const int IndentWidth = 4;

    // What begins and does not end: a comment, a verbatim text, a raw text, a region, a conditional section.
    private static readonly HashSet<string> Unterminated = ["CS1035", "CS1039", "CS8997", "CS1038", "CS1027"];

    private const string NewLineInText = "CS1010";

    /// <summary>What a console should do with the text.</summary>
    public static Completeness Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code), CellCompiler.Parsing);
        var errors = tree.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Exists(error => Unterminated.Contains(error.Id)))
        {
            return new Completeness(CompletenessKind.Incomplete);
        }

        if (errors.Exists(error => error.Id == NewLineInText) || HasStrayClose(tree))
        {
            return new Completeness(CompletenessKind.Invalid);
        }

        if (SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new Completeness(errors.Count == 0 ? CompletenessKind.Complete : CompletenessKind.Invalid);
        }

        // What is missing at the end can still come; what is wrong before the last token stays wrong.
        var last = tree.GetRoot().DescendantTokens()
            .LastOrDefault(token => !token.IsMissing && !token.IsKind(SyntaxKind.EndOfFileToken));
        return errors.Exists(error => error.Location.SourceSpan.End < last.SpanStart)
            ? new Completeness(CompletenessKind.Invalid)
            : new Completeness(CompletenessKind.Incomplete, new string(' ', IndentWidth * OpenBraces(tree)));
    }

    private static bool HasStrayClose(SyntaxTree tree) =>
        tree.GetRoot().DescendantTrivia(descendIntoTrivia: true).Where(trivia => trivia.IsKind(SyntaxKind.SkippedTokensTrivia))
            .SelectMany(trivia => trivia.GetStructure()!.ChildTokens())
            .Any(token => token.Kind() is SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken
                or SyntaxKind.CloseBraceToken);

    private static int OpenBraces(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
        {
            depth += token.Kind() switch
            {
                SyntaxKind.OpenBraceToken => 1,
                SyntaxKind.CloseBraceToken => -1,
                _ => 0,
            };
        }

        return Math.Max(0, depth);
    }
}
