using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>A cell that ran, and whose declarations later cells can use.</summary>
/// <param name="compilation">What later cells are bound against.</param>
/// <param name="instance">The object whose fields are the cell's variables; null where it has only usings.</param>
/// <param name="pinned">Whether it stays whatever later cells declare.</param>
internal sealed class Submission(CSharpCompilation compilation, object? instance, bool pinned = false)
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>What later cells are bound against. Replaced when an earlier submission leaves the chain.</summary>
    public CSharpCompilation Compilation { get; set; } = compilation;

    /// <summary>The object whose fields are the variables; null where there is no code.</summary>
    public object? Instance { get; } = instance;

    /// <summary>Whether it stays whatever later cells declare.</summary>
    public bool Pinned { get; } = pinned;

    /// <summary>The names that it declares at its top level.</summary>
    public IReadOnlySet<string> Declares { get; } = Declared(compilation);

    /// <summary>
    /// Every identifier in its text that it does not declare itself: an upper bound of what it uses of others.
    /// </summary>
    public IReadOnlySet<string> Mentions { get; } = Mentioned(compilation);

    /// <summary>Its using directives, as text.</summary>
    public IReadOnlySet<string> Usings { get; } = UsingsOf(compilation);

    /// <summary>Whether its text makes the compiler invent types that later submissions use again.</summary>
    public bool HasAnonymousTypes { get; } = compilation.SyntaxTrees.Any(tree => tree.GetRoot().DescendantNodes().Any(
        node => node is AnonymousObjectCreationExpressionSyntax or LetClauseSyntax or JoinClauseSyntax or QueryBodySyntax
        {
            Clauses.Count: > 1
        } or QueryContinuationSyntax or FromClauseSyntax { Parent: QueryBodySyntax }));

    /// <summary>Whether later cells could tell that it ran.</summary>
    public static bool LeavesTrace(CSharpCompilation compilation) =>
        UsingsOf(compilation).Count > 0 || Declared(compilation).Count > 0;

    /// <summary>The top-level variables.</summary>
    public IEnumerable<FieldInfo> Variables() =>
        Instance?.GetType().GetFields(Fields).Where(field => field.Name[0] != '<' && !field.IsLiteral) ?? [];

    private static HashSet<string> UsingsOf(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot())
            .SelectMany(root => root.Usings.Select(directive => directive.ToString())
                .Concat(root.Externs.Select(directive => directive.ToString())))
            .ToHashSet();

    private static HashSet<string> Declared(CSharpCompilation compilation) =>
        compilation.ScriptClass!.GetMembers().Where(member => member.CanBeReferencedByName)
            .Select(member => member.Name).ToHashSet();

    private static HashSet<string> Mentioned(CSharpCompilation compilation)
    {
        var names = new HashSet<string>();
        foreach (var token in compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantTokens()))
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
            {
                names.Add(token.ValueText);
            }
        }

        names.ExceptWith(Declared(compilation));
        return names;
    }
}
