using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>Finds what referenced assemblies use: managed and native libraries beside them, and files of packages.</summary>
internal sealed class NeighbourResolver : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<string> folders = [];
    private readonly Dictionary<string, string> assemblies = new(StringComparer.OrdinalIgnoreCase), libraries = [];

    public NeighbourResolver()
    {
        AssemblyLoadContext.Default.Resolving += ResolveAssembly;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += ResolveLibrary;
    }

    /// <summary>Looks into a folder from now on.</summary>
    public void AddFolder(string folder)
    {
        lock (gate)
        {
            if (!folders.Contains(folder)) folders.Add(folder);
        }
    }

    /// <summary>Answers with these files from now on.</summary>
    public void AddFiles(IEnumerable<string> assemblyFiles, IEnumerable<string> libraryFiles)
    {
        lock (gate)
        {
            foreach (string file in assemblyFiles) assemblies[Path.GetFileNameWithoutExtension(file)] = file;
            foreach (string file in libraryFiles) libraries[Path.GetFileName(file)] = file;
        }
    }

    public void Dispose()
    {
        AssemblyLoadContext.Default.Resolving -= ResolveAssembly;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll -= ResolveLibrary;
    }

    private Assembly? ResolveAssembly(AssemblyLoadContext context, AssemblyName name)
    {
        string? path;
        lock (gate)
        {
            path = assemblies.GetValueOrDefault(name.Name!)
                ?? folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        }

        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    private nint ResolveLibrary(Assembly assembly, string name)
    {
        string[] paths;
        lock (gate)
        {
            string[] names = [name, $"lib{name}.so", $"{name}.so", $"lib{name}"];
            string native = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
            paths =
            [
                .. names.Select(file => libraries.GetValueOrDefault(file)).OfType<string>(),
                .. from folder in folders from file in names select Path.Combine(folder, file),
                .. from folder in folders from file in names select Path.Combine(folder, native, file),
            ];
        }

        foreach (string path in paths.Where(File.Exists))
        {
            if (NativeLibrary.TryLoad(path, out nint handle)) return handle;
        }

        return 0;
    }
}
