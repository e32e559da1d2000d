using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.Packages;
using SegLstm.Jupyter.Tests.Languages.CSharp;

namespace SegLstm.Jupyter.Tests.Languages.Assemblies;

public sealed class CellReferencesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("references-test-").FullName;
    private readonly ReferencedAssemblies assemblies;
    private readonly CellReferences references;
    private readonly Recorder output = new();

    public CellReferencesTests()
    {
        assemblies = new ReferencedAssemblies(folder);
        references = new CellReferences(assemblies, new PackageRestore(Path.Combine(folder, "cache")));
    }

    public void Dispose()
    {
        assemblies.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Directives_are_followed_wherever_they_stand_and_positions_hold()
    {
        BuiltAssembly.Write(folder, "ReferencesA", "public class ReferencesA;");
        BuiltAssembly.Write(folder, "ReferencesB", "public class ReferencesB;");
        string code = string.Join(
            '\n',
            "#r \"ReferencesA.dll\"", "var a = 1;", "  #r \"ReferencesB.dll\" // why",
            "#if NEVER", "#r \"ReferencesC.dll\"", "#endif",
            "var b = \"\"\"", "#r \"x\"", "\"\"\";");

        var (text, found) = await Follow(code);

        Assert.Equal(["ReferencesA.dll", "ReferencesB.dll"], found.Select(reference => Path.GetFileName(reference.FilePath)));
        Assert.Equal(code.Length, text.Length);
        Assert.Equal(code.IndexOf("var b", StringComparison.Ordinal), text.IndexOf("var b", StringComparison.Ordinal));
        Assert.DoesNotContain("ReferencesA", text);
        Assert.Contains("#r \"x\"", text);
    }

    [Fact]
    public async Task A_package_is_asked_for_once_and_its_types_can_be_compiled_against()
    {
        var (_, found) = await Follow("#r \"nuget: Newtonsoft.Json, 13.0.4\"");
        Assert.Equal("Newtonsoft.Json.dll", Path.GetFileName(Assert.Single(found).FilePath));

        int shown = output.Shown.Count;
        (_, found) = await Follow("#r \"nuget:newtonsoft.json, 13.0.4\"");
        Assert.Empty(found);
        Assert.InRange(output.Shown.Count, shown, shown);
    }

    [Fact]
    public async Task A_failed_package_names_its_line_and_the_next_cell_can_ask_for_another()
    {
        string feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        var error = await Assert.ThrowsAsync<CellFailedException>(
            () => Follow($"var x = 1;\n#i \"nuget: {feed}\"\n#r \"nuget: SegLstm.NoSuchPackage, 1.2.3\""));

        Assert.Equal((DirectiveFailure.Name, 3), (error.Error.Name, error.Error.Line));
        Assert.Contains("SegLstm.NoSuchPackage", error.Error.Message);
        Assert.Contains("    #r \"nuget: SegLstm.NoSuchPackage, 1.2.3\"", error.Error.Traceback);

        BuiltAssembly.Write(folder, "ReferencesAfter", "public class After;");
        Assert.Single((await Follow("#r \"ReferencesAfter.dll\"")).Found);
    }

    [Theory]
    [InlineData("#r \"nuget: \"", "expected \"nuget: Name, Version\"")]
    [InlineData("#i \"somewhere\"", "expected #i \"nuget: SOURCE\"")]
    [InlineData("#i nuget", "expected #i \"nuget: SOURCE\"")]
    [InlineData("#r \"none.dll\"", "there is no none.dll")]
    [InlineData("#r \"\"", "")]
    public async Task A_directive_that_cannot_be_followed_says_why(string code, string reason)
    {
        var error = await Assert.ThrowsAsync<CellFailedException>(() => Follow(code));

        Assert.Contains("cell [7], line 1: ", error.Error.Message);
        Assert.Contains(reason, error.Error.Message);
    }

    private async Task<(string Text, IReadOnlyList<PortableExecutableReference> Found)> Follow(string code)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var (text, found) = await references.FollowAsync(root, new CellPart(code, 7, output, default), "cell [7]");
        return (text.ToString(), found);
    }
}
