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
        Create(Parse(SourceText.From(code, Encoding.UTF8), path), [], previous);

    /// <summary>A submission that only makes assemblies visible.</summary>
    public static CSharpCompilation Empty(IEnumerable<MetadataReference> references, CSharpCompilation? previous) =>
        Create(Parse(SourceText.From(""), "references"), references, previous);

    /// <summary>Weaves, emits and loads a submission.</summary>
    /// <param name="bound">The cell as it was written.</param>
    /// <param name="earlier">The assemblies of live submissions by name.</param>
    /// <param name="interrupt">Ends the compilation.</param>
    /// <exception cref="Cells.CellFailedException">It does not compile.</exception>
    public static CompiledCell Compile(
        CSharpCompilation bound, IReadOnlyDictionary<string, Assembly> earlier, CancellationToken interrupt)
    {
        if (!HasCode(bound))
        {
            CompilerErrors.ThrowIfAny(bound.GetDiagnostics(interrupt), bound);
            return new CompiledCell(bound, _ => Task.FromResult<object>(null!), false, null, null, []);
        }

        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var (woven, map) = Weave(bound, checksOnly: false, interrupt);
        var emitted = Emit(woven, image, symbols, interrupt);
        string? limit = null;
        if (!emitted.Success)
        {
            // Either the cell does not compile, or what was woven into it does not: then less is tried.
            CompilerErrors.ThrowIfAny(bound.GetDiagnostics(interrupt), bound);
            limit = "This cell can be stopped in its loops and functions, but maybe not while it waits.";
            (woven, map) = Weave(bound, checksOnly: true, interrupt);
            emitted = Emit(woven, image, symbols, interrupt);
        }

        if (!emitted.Success)
        {
            limit = "This cell cannot be stopped while it runs: checks for an interrupt do not compile in it.";
            (woven, map) = (bound, null);
            emitted = Emit(woven, image, symbols, interrupt);
            CompilerErrors.ThrowIfAny(emitted.Diagnostics, bound);
        }

        var entry = woven.GetEntryPoint(interrupt)!;
        var assembly = new SubmissionContext(woven.AssemblyName!).Load(image, symbols, earlier);
        var run = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object>>>();
        return new CompiledCell(woven, run, HasResult(bound), map, limit, CompilerErrors.Warnings(emitted.Diagnostics, bound));
    }

    private static CSharpCompilation Create(
        SyntaxTree tree, IEnumerable<MetadataReference> references, CSharpCompilation? previous)
    {
        var name = $"Submission{Interlocked.Increment(ref count)}";
        return CSharpCompilation.CreateScriptCompilation(
            name, tree, references, Options.WithScriptClassName(name), previous, typeof(object));
    }

    private static SyntaxTree Parse(SourceText text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static EmitResult Emit(
        CSharpCompilation compilation, MemoryStream image, MemoryStream symbols, CancellationToken interrupt)
    {
        image.SetLength(0);
        symbols.SetLength(0);
        return compilation.Emit(image, symbols, options: Emitting, cancellationToken: interrupt);
    }

    private static (CSharpCompilation Woven, SourceMap? Map) Weave(
        CSharpCompilation bound, bool checksOnly, CancellationToken interrupt)
    {
        var tree = bound.SyntaxTrees.Single();
        if (tree.GetDiagnostics(interrupt).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return (bound, null);
        }

        var edits = Weaver.Weave(bound.GetSemanticModel(tree), checksOnly);
        if (edits.IsEmpty)
        {
            return (bound, null);
        }

        var original = tree.GetText(interrupt);
        var (text, map) = edits.Apply(original);
        var woven = bound.ReplaceSyntaxTree(tree, Parse(text, tree.FilePath));
        return (woven, new SourceMap(original, text, map));
    }

    /// <summary>Whether a tree has statements or declarations: only then the compiler gives its submission a place.</summary>
    private static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Single().GetCompilationUnitRoot().Members.Count > 0;

    /// <summary>Whether the last statement is an expression without a semicolon, and has a value.</summary>
    private static bool HasResult(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees.Single();
        return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
               {
                   Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement
               } &&
               compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).ConvertedType
                   is not { SpecialType: SpecialType.System_Void };
    }
}
