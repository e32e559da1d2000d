using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Notebooks.Parameters;

/// <summary>
/// The parameters of a notebook: the variables declared by its code cell that is tagged `parameters`. Values for them go into a
/// cell tagged `injected-parameters` behind it. Both tags are papermill's.
/// </summary>
public static class ParameterCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>The parameters that a notebook declares, in order; none where it has no such cell.</summary>
    /// <exception cref="ParameterException">The cell does not compile, or declares what cannot be set.</exception>
    public static IReadOnlyList<NotebookParameter> Read(NotebookDocument notebook)
    {
        if (Find(notebook, Tag) is not { } cell) return [];
        string place = $"{notebook.Name}, cell {cell.Index + 1} (tagged {Tag})";
        string code = WithoutMagics(cell.Source);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script));
        if (tree.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new ParameterException(
                $"{place}, line {error.Location.GetLineSpan().StartLinePosition.Line + 1}: {error.GetMessage()}");
        }

        return [.. ((CompilationUnitSyntax)tree.GetRoot()).Members.SelectMany(member => Declared(member, place))];
    }

    /// <summary>The notebook with values in its parameters; an earlier injection is replaced.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="values">Name to value, as on a command line.</param>
    /// <exception cref="ParameterException">There is no such parameter, or a value is not of its type.</exception>
    public static NotebookDocument Inject(NotebookDocument notebook, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return notebook;
        IReadOnlyList<NotebookParameter> parameters = Read(notebook);
        if (values.Keys.FirstOrDefault(name => parameters.All(p => p.Name != name)) is { } unknown)
        {
            throw new ParameterException(parameters.Count == 0
                ? $"{notebook.Name} takes no parameters: it has no code cell tagged {Tag}"
                : $"{notebook.Name} has no parameter '{unknown}': expected one of "
                    + string.Join(", ", parameters.Select(p => p.Name)));
        }

        IEnumerable<string> lines = parameters.Where(p => values.ContainsKey(p.Name))
            .Select(p => $"{p.Type} {p.Name} = {ParameterValue.ToCode(p, values[p.Name])};");
        string source = string.Join('\n', lines.Prepend("// Parameters"));
        return Find(notebook, InjectedTag) is { } injected
            ? notebook.WithSource(injected.Index, source)
            : notebook.WithCodeCell(Find(notebook, Tag)!.Index, source, InjectedTag);
    }

    private static NotebookCell? Find(NotebookDocument notebook, string tag) =>
        notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Code && cell.IsTagged(tag));

    // Lines such as `#!csharp` are no C#; emptied, so that line numbers hold.
    private static string WithoutMagics(string source) =>
        string.Join('\n', source.Split('\n').Select(line => line.StartsWith("#!", StringComparison.Ordinal) ? "" : line));

    private static IEnumerable<NotebookParameter> Declared(MemberDeclarationSyntax member, string place)
    {
        VariableDeclarationSyntax? declaration = member switch
        {
            FieldDeclarationSyntax field => field.Declaration,
            GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration,
            _ => null,
        };
        if (declaration is null)
        {
            int line = member.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            throw new ParameterException(
                $"{place}, line {line}: expected declarations only, such as `int steps = 100;`, got `{FirstLine(member)}`");
        }

        foreach (VariableDeclaratorSyntax variable in declaration.Variables)
        {
            ExpressionSyntax value = variable.Initializer?.Value
                ?? throw new ParameterException(
                    $"{place}: parameter {variable.Identifier} has no default: write `{FirstLine(declaration)} = …;`");
            string type = declaration.Type.IsVar ? LiteralType.Of(value) ?? throw new ParameterException(
                $"{place}: the type of parameter {variable.Identifier} cannot be seen from `{FirstLine(value)}`: "
                + "write it instead of var")
                : declaration.Type.ToString().Replace(" ", "", StringComparison.Ordinal);
            yield return new NotebookParameter(variable.Identifier.ValueText, type, FirstLine(value), Comment(member));
        }
    }

    private static string FirstLine(SyntaxNode node) => node.ToString().Split('\n')[0].TrimEnd();

    // The comment behind the declaration, else the lines of comment right above it.
    private static string Comment(SyntaxNode member)
    {
        string behind = Text(member.GetTrailingTrivia());
        if (behind.Length > 0) return behind;
        SyntaxTrivia[] above = [.. member.GetLeadingTrivia()];
        int gap = Array.FindLastIndex(
            above, above.Length - 1, trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) && IsBlank(above, trivia));
        return Text(above.Skip(gap + 1));
    }

    // Whether the line that ends here holds nothing else.
    private static bool IsBlank(SyntaxTrivia[] trivia, SyntaxTrivia end)
    {
        int at = Array.IndexOf(trivia, end) - 1;
        while (at >= 0 && trivia[at].IsKind(SyntaxKind.WhitespaceTrivia)) at--;
        return at < 0 || trivia[at].IsKind(SyntaxKind.EndOfLineTrivia);
    }

    private static string Text(IEnumerable<SyntaxTrivia> trivia) => string.Join(' ', trivia
        .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
        .Select(t => t.ToString().Trim('/', '*', ' ', '\t')).Where(text => text.Length > 0));
}
