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

    // Most submissions leave before they are asked.
    private IReadOnlySet<string>? mentions;
    private bool? hasAnonymousTypes;

    /// <summary>What later cells are bound against. Replaced when an earlier submission leaves the chain.</summary>
    public CSharpCompilation Compilation { get; set; } = compilation;

    /// <summary>The object whose fields are the variables; null where there is no code.</summary>
    public object? Instance { get; } = instance;

    /// <summary>Whether it stays whatever later cells declare.</summary>
    public bool Pinned { get; } = pinned;

    /// <summary>
    /// What it declares at its top level: names by signature, which is the name itself but for functions and types.
    /// </summary>
    public IReadOnlyDictionary<string, string> Signatures { get; } = Declared(compilation);

    /// <summary>Its using directives, as text.</summary>
    public IReadOnlySet<string> Usings { get; } = UsingsOf(Root(compilation));

    /// <summary>
    /// Every identifier in its text that it does not declare itself: an upper bound of what it uses of others. Functions and
    /// types that it declares and uses are among them, for others may declare more of their name.
    /// </summary>
    public IReadOnlySet<string> Mentions => mentions ??= Root(Compilation).DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not (MethodDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
        .Select(token => token.ValueText)
        .Except(Signatures.Where(pair => pair.Key == pair.Value).Select(pair => pair.Value)).ToHashSet();

    /// <summary>Whether its text makes the compiler invent types that later submissions use again.</summary>
    public bool HasAnonymousTypes => hasAnonymousTypes ??= Root(Compilation).DescendantNodes().Any(
        node => node is AnonymousObjectCreationExpressionSyntax or LetClauseSyntax or JoinClauseSyntax or QueryBodySyntax
        {
            Clauses.Count: > 1
        } or QueryContinuationSyntax or FromClauseSyntax { Parent: QueryBodySyntax });

    /// <summary>Whether later cells could tell that it ran.</summary>
    public bool LeavesTrace => Signatures.Count + Usings.Count > 0;

    /// <summary>Whether it declares a name.</summary>
    public bool Declares(string name) => Signatures.Values.Contains(name);

    /// <summary>The top-level variables.</summary>
    public IEnumerable<FieldInfo> Variables() =>
        Instance?.GetType().GetFields(Fields).Where(field => field.Name[0] != '<' && !field.IsLiteral) ?? [];

    private static CompilationUnitSyntax Root(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Single().GetCompilationUnitRoot();

    private static HashSet<string> UsingsOf(CompilationUnitSyntax root) =>
        root.Usings.Select(directive => directive.ToString()).Concat(root.Externs.Select(directive => directive.ToString()))
            .ToHashSet();

    private static Dictionary<string, string> Declared(CSharpCompilation compilation)
    {
        var names = new Dictionary<string, string>();
        foreach (var member in compilation.ScriptClass!.GetMembers().Where(member => member.CanBeReferencedByName))
        {
            names[Signature(member)] = member.Name;
        }

        return names;
    }

    private static string Signature(ISymbol member) => member switch
    {
        IMethodSymbol method =>
            $"{method.Name}`{method.Arity}({string.Join(", ", method.Parameters.Select(Parameter))})",
        INamedTypeSymbol type => $"{type.Name}`{type.Arity}",
        _ => member.Name,
    };

    private static string Parameter(IParameterSymbol parameter) =>
        $"{(parameter.RefKind == RefKind.None ? "" : "ref ")}{parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}";
}
