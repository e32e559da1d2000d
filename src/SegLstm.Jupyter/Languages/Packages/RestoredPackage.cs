namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>A package on disk, and what of it is for the compiler, the loader and the linker. Paths are absolute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that was chosen.</param>
/// <param name="CompileAssemblies">Assemblies to compile against.</param>
/// <param name="RuntimeAssemblies">Assemblies to load.</param>
/// <param name="NativeLibraries">Native libraries for this machine.</param>
public sealed record RestoredPackage(
    string Name,
    string Version,
    IReadOnlyList<string> CompileAssemblies,
    IReadOnlyList<string> RuntimeAssemblies,
    IReadOnlyList<string> NativeLibraries)
{
    /// <summary>All its files.</summary>
    public IEnumerable<string> Files() => [.. CompileAssemblies, .. RuntimeAssemblies, .. NativeLibraries];
}
