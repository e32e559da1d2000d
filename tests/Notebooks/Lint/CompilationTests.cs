using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Notebooks.Tests.Lint;

public sealed class CompilationTests
{
    /// <summary>What both hosts bring into every cell.</summary>
    private static readonly string[] Usings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // A change in the library that a notebook does not survive is found here in seconds, not when the notebooks are run.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Every_CSharp_cell_compiles_after_the_ones_before_it(string name)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: Usings);
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];
        CSharpCompilation? before = null;
        foreach (var cell in NotebookFolder.Open(name).CSharp)
        {
            // The libraries are references of the compilation already.
            string code = string.Join('\n', cell.Lines.Select(line => line.StartsWith('#') ? "" : line));
            var tree = CSharpSyntaxTree.ParseText(code, Script);
            before = CSharpCompilation.CreateScriptCompilation($"cell{cell.Index}", tree, references, options, before);

            var errors = before.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
            Assert.All(errors, error => Assert.Fail($"{cell}: {error}"));
        }
    }
}
