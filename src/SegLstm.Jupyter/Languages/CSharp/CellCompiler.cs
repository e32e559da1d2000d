using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Languages.Assemblies;

namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>Turns the text of a cell into an assembly that continues a chain of submissions.</summary>
internal sealed class CellCompiler
{
    /// <summary>How cells are parsed.</summary>
    public static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Preview, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    // Annotations outside a nullable context, assembly versions that are unified, and a missing `await` in an `async` lambda say
    // nothing to someone at a notebook.
    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(
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
    public static CSharpCompilation Bind(string code, string path, CSharpCompilation? previous)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, path);
        var name = $"Submission{Interlocked.Increment(ref count)}";
        return CSharpCompilation.CreateScriptCompilation(
            name, tree, FrameworkReferences.List, Options.WithScriptClassName(name), previous, typeof(object));
    }

    /// <summary>Emits a submission and loads it.</summary>
    /// <exception cref="Cells.CellFailedException">It does not compile.</exception>
    public static Func<object?[], Task<object>> Load(
        CSharpCompilation compilation, IReadOnlyDictionary<string, Assembly> earlier, CancellationToken interrupt)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(image, symbols, options: Emitting, cancellationToken: interrupt);
        CompilerErrors.ThrowIfAny(emitted.Diagnostics);

        var entry = compilation.GetEntryPoint(interrupt)!;
        var assembly = new SubmissionContext(compilation.AssemblyName!, earlier).Load(image, symbols);
        return assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object>>>();
    }

    /// <summary>Whether a tree has statements or declarations: only then the compiler gives its submission a place.</summary>
    public static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot().Members.Count > 0);

    /// <summary>Whether the last statement is an expression without a semicolon, and has a value.</summary>
    public static bool HasResult(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[^1];
        return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
               {
                   Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement
               } &&
               compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).ConvertedType is not { SpecialType: SpecialType.System_Void };
    }
}
