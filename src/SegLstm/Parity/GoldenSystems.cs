using SegLstm.Parity.Systems;

namespace SegLstm.Parity;

/// <summary>The systems whose golden cases can be built.</summary>
public static class GoldenSystems
{
    private static readonly Dictionary<string, GoldenSystem> ByName = new GoldenSystem[]
    {
        new MlstmSystem(),
        new VilSystem(),
        new SegLstmSystem(),
        new HeadsSystem(),
        new MetricsSystem(),
        new SelectiveScanSystem(),
        new MambaSystem(),
        new SpectralMambaSystem(),
        new VimSystem(),
        new SambaSystem(),
        new VMambaSystem(),
        new VitSystem(),
        new SwinSystem(),
        new DptSystem(),
        new ClipSystem(),
        new LSegSystem(),
        new GlcNetSystem(),
    }.ToDictionary(system => system.Name, StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The system of a name.</summary>
    /// <exception cref="GoldenException">There is none.</exception>
    public static GoldenSystem Get(string name) =>
        ByName.TryGetValue(name, out var system)
            ? system
            : throw new GoldenException($"cannot be built yet: system {name} is not in this library, which has {string.Join(", ", Names)}");
}
