using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>The file of an assembly at one moment: what the compiler reads and what is loaded must be the same build.</summary>
internal sealed class AssemblyImage
{
    private readonly ImmutableArray<byte> bytes;

    private AssemblyImage(
        string path, ImmutableArray<byte> bytes, AssemblyName name, Guid build, IReadOnlyList<string> dependencies)
    {
        this.bytes = bytes;
        (Path, Name, Build, Dependencies) = (path, name, build, dependencies);
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Its name and version.</summary>
    public AssemblyName Name { get; }

    /// <summary>The identity of this very build (MVID).</summary>
    public Guid Build { get; }

    /// <summary>Simple names of the assemblies that it uses.</summary>
    public IReadOnlyList<string> Dependencies { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ReferenceException">It is no .NET assembly, or cannot be read.</exception>
    public static AssemblyImage Read(string path)
    {
        try
        {
            ImmutableArray<byte> bytes = [.. File.ReadAllBytes(path)];
            using var reader = new PEReader(bytes);
            if (!reader.HasMetadata || reader.GetMetadataReader() is not { IsAssembly: true } metadata)
            {
                throw new ReferenceException(
                    $"{path} is no .NET assembly: native libraries are loaded by the assembly that uses them");
            }

            return new AssemblyImage(
                path,
                bytes,
                metadata.GetAssemblyDefinition().GetAssemblyName(),
                metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
                [.. from handle in metadata.AssemblyReferences select metadata.GetString(metadata.GetAssemblyReference(handle).Name)]);
        }
        catch (BadImageFormatException)
        {
            throw new ReferenceException($"{path} is no .NET assembly, or it is damaged: build it again");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReferenceException($"{path} cannot be read: {fault.Message}");
        }
    }

    /// <summary>What the compiler sees.</summary>
    public PortableExecutableReference ToReference() => MetadataReference.CreateFromImage(bytes, filePath: Path);
}
