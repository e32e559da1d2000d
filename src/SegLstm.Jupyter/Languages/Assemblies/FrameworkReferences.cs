using System.IO.MemoryMappedFiles;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>What every cell may use without asking: the running framework, and the host's own display libraries.</summary>
/// <remarks>
/// The host brings more (compilers, a database): cells see these only after `#r`, so that nothing of ours shadows a name of theirs.
/// Metadata is read through memory maps: three hundred files cost page faults only where a name is looked up.
/// </remarks>
internal static class FrameworkReferences
{
    /// <summary>Host libraries that cells see, beside the framework.</summary>
    private static readonly string[] Shared = ["Microsoft.DotNet.Interactive.Formatting", "FSharp.Core", "SegLstm.Jupyter"];

    private static readonly Lazy<IReadOnlyList<PortableExecutableReference>> All = new(Map);

    /// <summary>The references, mapped once a process.</summary>
    public static IReadOnlyList<PortableExecutableReference> List => All.Value;

    /// <summary>The files of the running framework and of what the host shares with cells.</summary>
    public static IEnumerable<string> Paths
    {
        get
        {
            var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
            return trusted.Where(path => IsFramework(path) || Shared.Contains(Path.GetFileNameWithoutExtension(path)));
        }
    }

    /// <summary>Whether a file belongs to a shared framework rather than to an application.</summary>
    public static bool IsFramework(string path) =>
        path.Contains("/shared/Microsoft.NETCore.App/", StringComparison.Ordinal) ||
        path.Contains("/shared/Microsoft.AspNetCore.App/", StringComparison.Ordinal);

    private static IReadOnlyList<PortableExecutableReference> Map() =>
        [.. Paths.AsParallel().AsOrdered().Select(Map).OfType<PortableExecutableReference>()];

    private static unsafe PortableExecutableReference? Map(string path)
    {
        var length = new FileInfo(path).Length;
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);

        // The maps stay for the life of the process, as the compiler's symbols do.
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        using var reader = new PEReader(start, checked((int)length));
        if (!reader.HasMetadata)
        {
            return null;
        }

        var metadata = reader.GetMetadata();
        var module = ModuleMetadata.CreateFromMetadata((nint)metadata.Pointer, metadata.Length);
        return AssemblyMetadata.Create(module).GetReference(filePath: path, display: Path.GetFileName(path));
    }
}
