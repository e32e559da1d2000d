using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>A line `#r "…"` or `#i "…"` of a cell.</summary>
/// <param name="Letter">`r` for an assembly or a package, `i` for a source of packages.</param>
/// <param name="Value">What stands between the quotes.</param>
/// <param name="Span">Where the line stands.</param>
internal sealed record ReferenceDirective(char Letter, string Value, TextSpan Span)
{
    /// <summary>What follows `nuget:`; null where the directive names no package or source of packages.</summary>
    public string? Package => Value.Trim() is var value && value.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
        ? value["nuget:".Length..]
        : null;

    /// <summary>The directives of a tree, wherever in it they stand; those that `#if` switches off are none.</summary>
    public static IReadOnlyList<ReferenceDirective> In(SyntaxNode root) =>
    [
        .. from trivia in root.DescendantTrivia()
           where trivia.IsDirective
           let directive = Read((DirectiveTriviaSyntax)trivia.GetStructure()!)
           where directive is not null
           select directive,
    ];

    private static ReferenceDirective? Read(DirectiveTriviaSyntax directive) => directive switch
    {
        { IsActive: false } => null,
        ReferenceDirectiveTriviaSyntax { File.ValueText: var file } => new ReferenceDirective('r', file, Line(directive)),
        // The compiler knows no #i.
        BadDirectiveTriviaSyntax { Identifier.Text: "i" } =>
            new ReferenceDirective('i', Quoted(directive.ToString()), Line(directive)),
        _ => null,
    };

    private static TextSpan Line(DirectiveTriviaSyntax directive) =>
        TextSpan.FromBounds(directive.SpanStart, directive.EndOfDirectiveToken.SpanStart);

    private static string Quoted(string text)
    {
        int start = text.IndexOf('"'), end = text.LastIndexOf('"');
        return start >= 0 && end > start ? text[(start + 1)..end] : "";
    }
}
