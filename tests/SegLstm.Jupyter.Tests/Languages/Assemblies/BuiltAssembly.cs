using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Tests.Languages.Assemblies;

/// <summary>Small assemblies, compiled into a folder of the test's own.</summary>
internal static class BuiltAssembly
{
    /// <summary>Compiles a source to NAME.dll.</summary>
    /// <returns>The path of the DLL.</returns>
    public static string Write(string folder, string name, string source, params string[] references)
    {
        string path = Path.Combine(folder, name + ".dll");
        string[] files = [typeof(object).Assembly.Location, .. references];
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            files.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
