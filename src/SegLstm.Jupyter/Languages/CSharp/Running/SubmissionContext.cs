using System.Reflection;
using System.Runtime.Loader;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>Holds the assembly of one submission, and goes away with it when nothing refers to either.</summary>
/// <param name="name">The assembly's name.</param>
internal sealed class SubmissionContext(string name) : AssemblyLoadContext(name, isCollectible: true)
{
    private readonly Dictionary<string, Assembly> used = [];

    /// <summary>The portable PDB of the submission.</summary>
    public byte[] Symbols { get; private set; } = [];

    /// <summary>Loads the submission's image.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="symbols">Its portable PDB.</param>
    /// <param name="earlier">The assemblies of live submissions by name, of which this one may use some.</param>
    public Assembly Load(MemoryStream image, MemoryStream symbols, IReadOnlyDictionary<string, Assembly> earlier)
    {
        Symbols = symbols.ToArray();
        image.Position = 0;
        symbols.Position = 0;
        var assembly = LoadFromStream(image, symbols);

        // Only what is used: an entry keeps an assembly alive, and those that it uses.
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (earlier.TryGetValue(reference.Name!, out var target))
            {
                used[reference.Name!] = target;
            }
        }

        return assembly;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => used.GetValueOrDefault(assemblyName.Name!);
}
