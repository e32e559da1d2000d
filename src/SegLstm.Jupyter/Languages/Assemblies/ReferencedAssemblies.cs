using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using SegLstm.Jupyter.Languages.Packages;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>The assemblies that a session's cells have asked for, with those that they use.</summary>
/// <remarks>
/// They are loaded beside the host's own (one load context, as under .NET Interactive), so that formatters and values mean the
/// same types everywhere. What an assembly uses is looked for in its folder, native libraries too. What the host itself brings,
/// the framework and the formatting library among it, is always the host's copy.
/// </remarks>
public sealed class ReferencedAssemblies : IDisposable
{
    private readonly string workingDirectory;
    private readonly NeighbourResolver neighbours = new();
    private readonly Dictionary<string, AssemblyImage> images = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins without any.</summary>
    /// <param name="workingDirectory">The folder that relative paths mean.</param>
    public ReferencedAssemblies(string workingDirectory) => this.workingDirectory = workingDirectory;

    /// <summary>The files of all of them, in the order in which they were asked for.</summary>
    public IReadOnlyList<string> Paths => [.. images.Values.Select(image => image.Path)];

    /// <summary>Loads an assembly, and makes those that it uses loadable.</summary>
    /// <param name="reference">A path, relative to the working directory or absolute, or a framework assembly's name.</param>
    /// <returns>What the compiler is to see that it does not see yet; empty where it sees it all.</returns>
    /// <exception cref="ReferenceException">There is no such file, it is no assembly, or another build is loaded.</exception>
    public IReadOnlyList<PortableExecutableReference> Add(string reference)
    {
        string path = FullPath(reference);
        if (!File.Exists(path))
        {
            if (HostAssemblies.Has(SimpleName(reference))) return [];
            throw new ReferenceException(Missing(reference, path));
        }

        AssemblyImage image = AssemblyImage.Read(path);
        if (HostAssemblies.Has(image.Name.Name!)) return [];
        neighbours.AddFolder(Path.GetDirectoryName(path)!);
        Load(image);
        return [.. WithNeighbours(image).Where(IsNew).Select(found => found.ToReference())];
    }

    /// <summary>Makes the assemblies of restored packages visible and loadable.</summary>
    /// <returns>What the compiler is to see that it does not see yet.</returns>
    /// <exception cref="ReferenceException">Another version of one is loaded; nothing was added.</exception>
    public IReadOnlyList<PortableExecutableReference> Add(IReadOnlyList<RestoredPackage> packages)
    {
        string[] files = [.. packages.SelectMany(package => package.RuntimeAssemblies)];
        foreach (string path in files.Where(path => !HostAssemblies.Has(SimpleName(path))))
        {
            if (Loaded(SimpleName(path)) is { } loaded) RequireSame(AssemblyImage.Read(path), loaded);
        }

        neighbours.AddFiles(files, packages.SelectMany(package => package.NativeLibraries));
        return
        [
            .. packages.SelectMany(package => package.CompileAssemblies)
                .Where(path => !HostAssemblies.Has(SimpleName(path)))
                .Select(AssemblyImage.Read).Where(IsNew).Select(image => image.ToReference()),
        ];
    }

    /// <summary>Stops answering the loader. What is loaded stays loaded.</summary>
    public void Dispose() => neighbours.Dispose();

    private bool IsNew(AssemblyImage image) => images.TryAdd(image.Name.Name!, image);

    // Types of these stand in the signatures of the assembly itself: code that uses it does not compile without them.
    private static IEnumerable<AssemblyImage> WithNeighbours(AssemblyImage root)
    {
        string folder = Path.GetDirectoryName(root.Path)!;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { root.Name.Name! };
        var open = new Queue<AssemblyImage>([root]);
        while (open.TryDequeue(out AssemblyImage? image))
        {
            yield return image;
            foreach (string name in image.Dependencies.Where(name => !HostAssemblies.Has(name) && seen.Add(name)))
            {
                string path = Path.Combine(folder, name + ".dll");
                if (File.Exists(path)) open.Enqueue(AssemblyImage.Read(path));
            }
        }
    }

    private static void Load(AssemblyImage image)
    {
        if (Loaded(image.Name.Name!) is { } loaded)
        {
            RequireSame(image, loaded);
            return;
        }

        try
        {
            // A host that lists an assembly of this name itself loads its own copy.
            RequireSame(image, AssemblyLoadContext.Default.LoadFromAssemblyPath(image.Path));
        }
        catch (Exception fault) when (fault is FileLoadException or BadImageFormatException)
        {
            throw new ReferenceException($"{image.Path} cannot be loaded: {fault.Message}");
        }
    }

    private static Assembly? Loaded(string name) =>
        AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name);

    private static void RequireSame(AssemblyImage image, Assembly loaded)
    {
        if (loaded.ManifestModule.ModuleVersionId == image.Build) return;
        string name = Path.GetFileName(image.Path);
        throw new ReferenceException(
            loaded.Location == image.Path
                ? $"{name} was built again since this session loaded it, and .NET cannot load it twice: "
                  + "restart the kernel to use the new build"
                : $"{name} {image.Name.Version} cannot be loaded: version {loaded.GetName().Version} is loaded already, from "
                  + $"{loaded.Location}. Restart the kernel, and reference only one of them");
    }

    private static string SimpleName(string reference)
    {
        string name = Path.GetFileName(reference);
        return name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name.Split(',')[0].Trim();
    }

    private string FullPath(string reference) => Path.GetFullPath(
        Uri.TryCreate(reference, UriKind.Absolute, out Uri? uri) && uri.IsFile ? uri.LocalPath : reference,
        workingDirectory);

    private static string Missing(string reference, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) return $"there is no {reference}: no folder {folder}. Is the project built?";
        string[] files = [.. Directory.EnumerateFiles(folder, "*.dll").Take(2000).Select(file => Path.GetFileName(file))];
        string near = NearestName.Of(Path.GetFileName(path), files) is { } name ? $"; did you mean {name}?" : "";
        return $"there is no {reference} (looked for {path}){near}";
    }
}
