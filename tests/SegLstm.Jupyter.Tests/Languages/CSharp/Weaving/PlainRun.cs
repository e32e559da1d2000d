using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Running;

namespace SegLstm.Jupyter.Tests.Languages.CSharp.Weaving;

/// <summary>Runs code as the compiler alone has it, without anything woven in.</summary>
internal static class PlainRun
{
    public static async Task<object?> Run(string code)
    {
        CSharpCompilation bound = CellCompiler.Bind(code, "plain", CellCompiler.Empty(FrameworkReferences.List, null));
        using var image = new MemoryStream();
        var emitted = bound.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        IMethodSymbol entry = bound.GetEntryPoint(default)!;
        MethodInfo factory = new AssemblyLoadContext("plain", isCollectible: true).LoadFromStream(image)
            .GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return await factory.CreateDelegate<Func<object?[], Task<object>>>()([null, null]);
    }
}
