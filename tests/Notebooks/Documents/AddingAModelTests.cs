using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Documents;

/// <summary>The code of docs/adding-a-model.md, compiled as the library compiles its own and run.</summary>
[Collection(nameof(DefaultGenerator))]
public sealed class AddingAModelTests
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string Page =
        File.ReadAllText(Path.Combine(NotebookFolder.FullPath, "..", "docs", "adding-a-model.md"));

    private static readonly Lazy<Assembly> Compiled = new(Compile);

    [Fact]
    public void The_program_of_the_page_prints_what_the_page_says()
    {
        var (before, written) = (Console.Out, new StringWriter());
        Console.SetOut(written);
        try
        {
            using var scope = NewDisposeScope();
            Compiled.Value.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal(Blocks("text").Single(), written.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    public void Its_entry_makes_models_that_keep_the_contract(long height, long width)
    {
        using var scope = NewDisposeScope();
        using var model = Entry.CreateTiny();
        var image = randn(2, 3, height, width);
        var maps = model.Backbone.forward(image).Zip(model.Backbone.Strides).ToArray();
        Assert.All(maps, pair => Assert.Equal([height / pair.Second, width / pair.Second], pair.First.shape[2..]));
        var (kept, forgotten) = (Gradients(false), Gradients(true));
        Assert.All(kept.Zip(forgotten), pair => Assert.True(pair.First.allclose(pair.Second, 1e-4, 1e-4)));
        Assert.Throws<ArgumentException>(() => model.forward(randn(1, 3, height + 1, width)));

        List<Tensor> Gradients(bool forget)
        {
            model.Backbone.ActivationCheckpointing = forget;
            model.zero_grad();
            manual_seed(1);
            var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
            Assert.Equal([2, 3, height, width], logits.shape);
            (logits.square().mean() + auxiliary!.square().mean()).backward();
            Assert.Empty(model.named_parameters().Where(p => p.parameter.grad is null).Select(p => p.name));
            return [.. model.Backbone.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [Fact]
    public void Its_multiply_adds_are_those_of_a_hand_count()
    {
        using var scope = NewDisposeScope();
        var backbone = Entry.CreateTiny().Backbone;
        // Widths 4, 8, 16, 32 on 8², 4², 2², 1 pixels of a 32² image: patches of 48 and 2 · width taps, one block.
        var expected = (64.0 * 4 * (48 + 17)) + (16 * 8 * (16 + 21)) + (4 * 16 * (32 + 29)) + (1 * 32 * (64 + 45));
        Assert.Equal(expected, backbone.MultiplyAdds(32, 32));
    }

    private static CatalogEntry Entry => ((IEnumerable<CatalogEntry>)Compiled.Value
        .GetType("SegLstm.Models.StepNet.StepNetModels", throwOnError: true)!.GetProperty("Entries")!.GetValue(null)!).Single();

    private static Assembly Compile()
    {
        // Warnings are errors in the library, a public member without documentation among them.
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error);
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];
        var trees = Blocks("csharp").Prepend(Usings).Select(code => CSharpSyntaxTree.ParseText(code, parse));
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("AddingAModel", trees, references, options).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>The fenced blocks of a language.</summary>
    private static IEnumerable<string> Blocks(string language) =>
        Page.ReplaceLineEndings("\n").Split($"\n```{language}\n").Skip(1)
            .Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]);
}
