using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Installation;

/// <summary>Makes Jupyter know this kernel, and makes it forget it.</summary>
/// <remarks>
/// A kernel of another program is never overwritten nor removed: ours are told by a mark in their metadata.
/// Source: "Making kernels for Jupyter" in the documentation of jupyter_client.
/// </remarks>
public static class KernelSpecs
{
    /// <summary>The kernel's own name.</summary>
    public const string Name = "seglstm-csharp";

    /// <summary>The name in notebooks written for .NET Interactive, which is taken where it is free.</summary>
    public const string CompatibleName = ".net-csharp";

    private const string MarkName = "installed_by", Mark = "SegLstm.Jupyter";
    private const string Description = "kernel.json";
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The kernels that Jupyter finds, by name.</summary>
    /// <param name="folders">Where to look; the first folder that has a name wins.</param>
    public static IReadOnlyList<KernelSpec> List(IEnumerable<string> folders) =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder))
            .Select(Read).OfType<KernelSpec>()
            .DistinctBy(spec => spec.Name)
            .OrderBy(spec => spec.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Installs the kernel under its own name, and under <see cref="CompatibleName"/> where no other program has it.
    /// </summary>
    /// <param name="folder">A folder that holds one folder a kernel; it is made where it is missing.</param>
    /// <param name="searched">Other folders in which a name may be taken.</param>
    /// <returns>The kernels that were written.</returns>
    /// <exception cref="IOException">The folder cannot be written, or another program has the kernel's own name in
    /// it.</exception>
    public static IReadOnlyList<KernelSpec> Install(string folder, IEnumerable<string> searched)
    {
        IReadOnlyList<KernelSpec> existing = List([folder, .. searched]);
        if (IsForeign(Path.Combine(folder, Name)))
        {
            throw new IOException(
                $"{Path.Combine(folder, Name)} is another program's kernel and stays: remove it, or install elsewhere");
        }

        Write(Path.Combine(folder, Name), "C# (SegLstm)");
        bool free = !IsForeign(Path.Combine(folder, CompatibleName))
            && existing.All(spec => spec.Name != CompatibleName || spec.IsOurs);
        if (free) Write(Path.Combine(folder, CompatibleName), ".NET (C#)");
        string[] written = free ? [Name, CompatibleName] : [Name];
        return [.. written.Select(name => Read(Path.Combine(folder, name))!)];
    }

    /// <summary>Removes this kernel from a folder; what other programs have put there stays.</summary>
    /// <returns>The kernels that were removed.</returns>
    public static IReadOnlyList<KernelSpec> Remove(string folder)
    {
        KernelSpec[] ours = [.. new[] { Name, CompatibleName }.Select(name => Read(Path.Combine(folder, name)))
            .OfType<KernelSpec>().Where(spec => spec.IsOurs)];
        foreach (KernelSpec spec in ours)
        {
            // Out of Jupyter's sight at once, then file by file.
            string away = Aside(folder);
            Directory.Move(spec.Folder, away);
            Directory.Delete(away, recursive: true);
        }

        return ours;
    }

    private static bool IsForeign(string folder) => Directory.Exists(folder) && Read(folder) is not { IsOurs: true };

    private static KernelSpec? Read(string folder)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, Description))) is not JsonObject spec) return null;
            string name = Path.GetFileName(folder);
            return new KernelSpec(
                name,
                folder,
                Text(spec["display_name"]) ?? name,
                Text((spec["metadata"] as JsonObject)?[MarkName]) == Mark,
                [.. (spec["argv"] as JsonArray ?? []).Select(Text).OfType<string>()]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }

        static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    /// <summary>Writes a kernel's folder beside its place and moves it there: Jupyter sees all of it or nothing.</summary>
    private static void Write(string folder, string displayName)
    {
        string parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        string fresh = Aside(parent);
        Directory.CreateDirectory(fresh);
        try
        {
            foreach (string logo in Logos) WriteLogo(logo, Path.Combine(fresh, logo));
            File.WriteAllText(Path.Combine(fresh, Description), Describe(displayName).ToJsonString(Indented) + "\n");
            if (!Directory.Exists(folder))
            {
                Directory.Move(fresh, folder);
                return;
            }

            foreach (string file in Logos.Append(Description))
            {
                File.Move(Path.Combine(fresh, file), Path.Combine(folder, file), overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>A folder on the same disk where Jupyter does not look for kernels.</summary>
    private static string Aside(string kernels) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(kernels))!, $".seglstm-{Guid.NewGuid():N}");

    private static JsonObject Describe(string displayName) => new()
    {
        ["argv"] = new JsonArray(DotnetPath, typeof(KernelSpecs).Assembly.Location, "{connection_file}"),
        ["display_name"] = displayName,
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false, [MarkName] = Mark },
    };

    /// <summary>The `dotnet` of the runtime that runs now, three folders above it.</summary>
    private static string DotnetPath =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static void WriteLogo(string name, string path)
    {
        using Stream resource = typeof(KernelSpecs).Assembly.GetManifestResourceStream(name)!;
        using FileStream file = File.Create(path);
        resource.CopyTo(file);
    }
}
