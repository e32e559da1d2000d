namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>The assemblies that the host gives to cells: the framework, and what displays are made of.</summary>
internal static class HostAssemblies
{
    // The display API of .NET Interactive is here a part of the kernel; notebooks may name its assembly.
    private static readonly Lazy<HashSet<string>> Names = new(() =>
    [
        .. FrameworkReferences.Paths.Select(path => Path.GetFileNameWithoutExtension(path)), "Microsoft.DotNet.Interactive",
    ]);

    /// <summary>Whether the host brings an assembly of this simple name.</summary>
    public static bool Has(string name) => Names.Value.Contains(name);
}
