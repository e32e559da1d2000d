using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using SegLstm.Jupyter.Languages.Assemblies;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The XML documentation of libraries: beside a DLL, and for the framework in the SDK's reference packs.</summary>
/// <remarks>
/// No file is parsed: the entry that is asked for is found by its text, which takes a few milliseconds even in the largest file.
/// The runtime keeps its types in other assemblies than the packs do (List of T is in System.Private.CoreLib here, in
/// System.Collections there); the reference assemblies beside the documentation say where a type belongs.
/// </remarks>
internal static class DocumentationFiles
{
    private static readonly Lazy<IReadOnlyList<string>> Packs = new(FindPacks);
    private static readonly Lazy<IReadOnlyDictionary<string, string>> FileOfType = new(IndexTypes);
    private static readonly ConcurrentDictionary<string, WeakReference<byte[]>> Read = new();

    /// <summary>The entry of a symbol of a compiled library; null where there is none.</summary>
    /// <param name="symbol">The symbol, as it is declared.</param>
    /// <param name="id">Its documentation id.</param>
    /// <param name="library">The DLL that it comes from.</param>
    public static XElement? Find(ISymbol symbol, string id, string library)
    {
        var beside = Path.ChangeExtension(library, ".xml");
        if (!FrameworkReferences.IsFramework(library))
        {
            return Entry(beside, id);
        }

        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        var name = $"{type?.ContainingNamespace.ToDisplayString()}.{type?.MetadataName}";
        return (FileOfType.Value.TryGetValue(name, out var file) ? Entry(file, id) : null) ?? Entry(beside, id);
    }

    private static XElement? Entry(string file, string id)
    {
        if (Load(file) is not { } content)
        {
            return null;
        }

        var start = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{SecurityElement.Escape(id)}\">"));
        var length = start < 0 ? -1 : content.AsSpan(start).IndexOf("</member>"u8);
        if (length < 0)
        {
            return null;
        }

        try
        {
            var entry = Encoding.UTF8.GetString(content, start, length + "</member>".Length);
            return XElement.Parse(entry, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // Written by hand, and wrong: as if it were not there.
            return null;
        }
    }

    private static byte[]? Load(string file)
    {
        if (Read.TryGetValue(file, out var kept) && kept.TryGetTarget(out var content))
        {
            return content;
        }

        try
        {
            content = File.Exists(file) ? File.ReadAllBytes(file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            content = null;
        }

        if (content != null)
        {
            Read[file] = new WeakReference<byte[]>(content);
        }

        return content;
    }

    /// <summary>The newest reference packs of the running version: folders of reference assemblies and documentation.</summary>
    private static IReadOnlyList<string> FindPacks()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../packs"));
        var folders = new List<string>();
        foreach (var name in new[] { "Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref" })
        {
            var pack = Path.Combine(root, name);
            if (!Directory.Exists(pack))
            {
                continue;
            }

            var newest = Directory.GetDirectories(pack)
                .Select(folder => (Folder: folder, Version: VersionOf(folder)))
                .Where(found => found.Version?.Major == Environment.Version.Major)
                .OrderByDescending(found => found.Version).Select(found => found.Folder).FirstOrDefault();
            folders.AddRange(newest == null ? [] : Directory.GetDirectories(Path.Combine(newest, "ref")));
        }

        return folders;
    }

    private static Version? VersionOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder), out var version) ? version : null;

    private static Dictionary<string, string> IndexTypes()
    {
        var files = new Dictionary<string, string>();
        foreach (var library in Packs.Value.SelectMany(folder => Directory.GetFiles(folder, "*.dll")))
        {
            using var image = new PEReader(File.OpenRead(library));
            var metadata = image.GetMetadataReader();
            var documentation = Path.ChangeExtension(library, ".xml");
            foreach (var handle in metadata.TypeDefinitions)
            {
                var type = metadata.GetTypeDefinition(handle);
                if (!type.IsNested)
                {
                    files.TryAdd($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}", documentation);
                }
            }
        }

        return files;
    }
}
