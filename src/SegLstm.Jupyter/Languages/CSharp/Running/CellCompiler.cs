using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Languages.CSharp.Errors;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>Turns the text of a cell into an assembly that continues a chain of submissions.</summary>
internal static class CellCompiler
{
    /// <summary>How cells are parsed.</summary>
    public static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Preview, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    // Annotations outside a nullable context, assembly versions that are unified, and a missing `await` in an `async` lambda
    // say nothing to someone at a notebook.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings:
        [
            "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
            "Microsoft.DotNet.Interactive.Kernel",
        ],
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
        specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic>
        {
            ["CS8632"] = ReportDiagnostic.Suppress,
            ["CS8669"] = ReportDiagnostic.Suppress,
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
            ["CS1998"] = ReportDiagnostic.Suppress,
        });

    private static int count;

    /// <summary>Binds a cell's text after earlier submissions.</summary>
    public static CSharpCompilation Bind(string code, string path, CSharpCompilation? previous) =>
        Create([Parse(SourceText.From(code, Encoding.UTF8), path)], [], previous);

    /// <summary>A submission that only makes assemblies visible.</summary>
    public static CSharpCompilation Empty(IEnumerable<MetadataReference> references, CSharpCompilation? previous) =>
        Create([Parse(SourceText.From(""), "references")], references, previous);

    /// <summary>Weaves, emits and loads a submission.</summary>
    /// <param name="bound">The cell as it was written.</param>
    /// <param name="earlier">The assemblies of live submissions by name.</param>
    /// <param name="interrupt">Ends the compilation.</param>
    /// <exception cref="Cells.CellFailedException">It does not compile.</exception>
    public static CompiledCell Compile(
        CSharpCompilation bound, IReadOnlyDictionary<string, Assembly> earlier, CancellationToken interrupt)
    {
        var (woven, maps) = Weave(bound, interrupt);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = woven.Emit(image, symbols, options: Emitting, cancellationToken: interrupt);
        var unstoppable = false;
        if (!emitted.Success)
        {
            CompilerErrors.ThrowIfAny(bound.GetDiagnostics(interrupt), bound);
            unstoppable = !ReferenceEquals(woven, bound);
            (woven, maps) = (bound, new Dictionary<string, SourceMap>());
            image.SetLength(0);
            symbols.SetLength(0);
            emitted = bound.Emit(image, symbols, options: Emitting, cancellationToken: interrupt);
            CompilerErrors.ThrowIfAny(emitted.Diagnostics, bound);
        }

        var entry = woven.GetEntryPoint(interrupt)!;
        var assembly = new SubmissionContext(woven.AssemblyName!).Load(image, symbols, earlier);
        var run = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object>>>();
        return new CompiledCell(
            woven, run, HasResult(bound), maps, unstoppable, CompilerErrors.Warnings(emitted.Diagnostics, bound));
    }

    /// <summary>Whether a tree has statements or declarations: only then the compiler gives its submission a place.</summary>
    public static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot().Members.Count > 0);

    private static CSharpCompilation Create(
        IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> references, CSharpCompilation? previous)
    {
        var name = $"Submission{Interlocked.Increment(ref count)}";
        return CSharpCompilation.CreateScriptCompilation(
            name, trees.Single(), references, Options.WithScriptClassName(name), previous, typeof(object));
    }

    private static SyntaxTree Parse(SourceText text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static (CSharpCompilation Woven, IReadOnlyDictionary<string, SourceMap> Maps) Weave(
        CSharpCompilation bound, CancellationToken interrupt)
    {
        var woven = bound;
        var maps = new Dictionary<string, SourceMap>();
        foreach (var tree in bound.SyntaxTrees)
        {
            if (tree.GetDiagnostics(interrupt).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                return (bound, new Dictionary<string, SourceMap>());
            }

            var edits = Weaver.Weave(bound.GetSemanticModel(tree));
            if (!edits.IsEmpty)
            {
                var original = tree.GetText(interrupt);
                var (text, map) = edits.Apply(original);
                woven = woven.ReplaceSyntaxTree(tree, Parse(text, tree.FilePath));
                maps[tree.FilePath] = new SourceMap(original, text, map);
            }
        }

        return (woven, maps);
    }

    /// <summary>Whether the last statement is an expression without a semicolon, and has a value.</summary>
    private static bool HasResult(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[^1];
        return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
               {
                   Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement
               } &&
               compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).ConvertedType
                   is not { SpecialType: SpecialType.System_Void };
    }
}
