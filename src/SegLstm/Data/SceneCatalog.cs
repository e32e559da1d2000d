using SegLstm.Data.Cbers;
using SegLstm.Data.Globe;
using SegLstm.Data.Landsat;
using SegLstm.Data.Statlog;
using SegLstm.Data.Synthetic;

namespace SegLstm.Data;

/// <summary>The scenes that come with setup, by name; nothing has to be asked for or downloaded by hand.</summary>
public static class SceneCatalog
{
    private const int SyntheticSide = 1024;

    private static readonly Dictionary<string, Func<SceneArrays>> Loaders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["olinda"] = OlindaScene.Load,
        ["statlog"] = StatlogScene.Load,
        ["globe"] = GlobeScene.Load,
        ["synthetic-urban"] = () => SyntheticScene.Make(SyntheticSide, SyntheticSide, SceneDomain.Urban, seed: 1),
        ["synthetic-rural"] = () => SyntheticScene.Make(SyntheticSide, SyntheticSide, SceneDomain.Rural, seed: 1),
    };

    /// <summary>Names that stand for one of several.</summary>
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cbers"] = "cbers-1",
        ["synthetic"] = "synthetic-urban",
    };

    static SceneCatalog()
    {
        foreach (string name in CbersScenes.Names)
            Loaders.Add(name, () => CbersScenes.Load(name));
    }

    /// <summary>The names, labelled scenes first. <c>cbers</c> and <c>synthetic</c> stand for the first of their kind.</summary>
    public static IReadOnlyList<string> Names => [.. Loaders.Keys];

    /// <summary>Loads a scene.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such scene; the message lists all.</exception>
    /// <exception cref="FileNotFoundException">It is not installed; the message says what to run.</exception>
    public static Scene Load(string name) => LoadArrays(name).ToScene();

    /// <summary>
    /// The scene's usual blocks: a chessboard of 44 px for olinda and of 16 x 20 px for statlog, as the nearest-neighbour baselines
    /// were measured on; an eighth of the shorter side elsewhere.
    /// </summary>
    /// <param name="scene">The scene.</param>
    /// <param name="validationShare">The share of the training blocks that validates.</param>
    /// <param name="seed">Says which ones.</param>
    public static SpatialBlocks Blocks(Scene scene, double validationShare = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var (height, width) = scene.Name switch
        {
            "olinda" => (44, 44),
            "statlog" => (16, 20),
            _ => (Math.Max(1, Math.Min(scene.Height, scene.Width) / 8), Math.Max(1, Math.Min(scene.Height, scene.Width) / 8)),
        };
        return SpatialBlocks.Checkerboard(scene.Height, scene.Width, height, width, validationShare, seed);
    }

    internal static SceneArrays LoadArrays(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Loaders.TryGetValue(Short.GetValueOrDefault(name, name), out var load) ? load() : throw new KeyNotFoundException(
            $"There is no scene '{name}': the scenes are {string.Join(", ", Names)}.");
    }
}
