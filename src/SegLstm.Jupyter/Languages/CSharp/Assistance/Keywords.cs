using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The words of the language that fit a place.</summary>
internal static class Keywords
{
    private static readonly string[] PredefinedTypes =
    [
        "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte",
        "short", "string", "uint", "ulong", "ushort",
    ];

    private static readonly string[] Expressions =
    [
        "async", "await", "default", "delegate", "false", "from", "nameof", "new", "null", "sizeof", "stackalloc", "static",
        "throw", "true", "typeof", "checked", "unchecked",
    ];

    private static readonly string[] Statements =
    [
        "break", "case", "catch", "class", "const", "continue", "do", "else", "enum", "finally", "fixed", "for", "foreach",
        "goto", "if", "interface", "lock", "record", "ref", "return", "struct", "switch", "try", "unsafe", "using", "var", "void",
        "while", "yield",
    ];

    private static readonly string[] Modifiers =
    [
        "abstract", "async", "class", "const", "delegate", "enum", "event", "explicit", "extern", "implicit", "interface",
        "internal", "operator", "override", "partial", "private", "protected", "public", "readonly", "record", "ref", "required",
        "sealed", "static", "struct", "unsafe", "virtual", "void", "volatile",
    ];

    private static readonly string[] Accessors = ["get", "init", "set", "private", "protected", "internal"];
    private static readonly string[] AfterValue = ["and", "as", "is", "or", "switch", "when", "with"];

    /// <summary>Candidates for words.</summary>
    public static IEnumerable<Candidate> Words(IEnumerable<string> words) =>
        words.Select(word => new Candidate(word, CandidateGroup.Keyword, "keyword"));

    /// <summary>The names of the language's own types.</summary>
    public static IEnumerable<Candidate> OfPredefinedTypes() => Words(PredefinedTypes);

    /// <summary>What could stand in place of a type's name.</summary>
    public static IEnumerable<Candidate> OfTypes(SimpleNameSyntax name) => Words(name.Parent switch
    {
        IncompleteMemberSyntax or VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } or MemberDeclarationSyntax =>
            PredefinedTypes.Concat(Modifiers),
        ParameterSyntax => PredefinedTypes.Concat(["in", "out", "params", "ref", "this"]),
        RefTypeSyntax => PredefinedTypes.Append("readonly"),
        _ => PredefinedTypes,
    });

    /// <summary>What could begin an expression, and a statement where one may begin.</summary>
    public static IEnumerable<Candidate> OfExpressions(SimpleNameSyntax name)
    {
        var words = PredefinedTypes.Concat(Expressions);
        if (name.Parent is ExpressionStatementSyntax or VariableDeclarationSyntax or GlobalStatementSyntax)
        {
            words = words.Concat(Statements);
            words = name.FirstAncestorOrSelf<BlockSyntax>() == null ? words.Concat(Modifiers) : words;
        }

        words = name.Parent is ArgumentSyntax ? words.Concat(["in", "out", "ref"]) : words;
        return Words(name.FirstAncestorOrSelf<TypeDeclarationSyntax>() == null ? words : words.Concat(["this", "base"]));
    }

    /// <summary>
    /// What could follow a name: nothing where a type stands before it (a new name is being made up), else the words that
    /// continue a value.
    /// </summary>
    public static IEnumerable<Candidate> AfterName(CompletionPlace place) => place.Token.Parent switch
    {
        AccessorDeclarationSyntax => Words(Accessors),
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: NameSyntax { IsVar: false } type } }
            when place.Cell.SymbolOf(type) is { } left and not ITypeSymbol and not INamespaceSymbol => Words(AfterValue),
        _ => [],
    };
}
