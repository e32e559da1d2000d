using SegLstm.Models;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>All methods that classify hyperspectral pixels, by name: what a practitioner would try, and the networks.</summary>
public static class PixelMethods
{
    /// <summary>Their names: baselines, then <see cref="PixelClassifiers"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["neighbours", "forest", "svm", .. PixelClassifiers.All.Select(entry => entry.Name)];

    /// <summary>Widest window that a method reads: draws that keep it apart are fair to all methods.</summary>
    public static int WidestWindow { get; } = Names.Max(WindowOf);

    /// <summary>The method of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">How networks are trained.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest and all.</exception>
    public static IPixelMethod Make(string name, PixelTrainingOptions options) => name switch
    {
        "neighbours" => new NeighbourMethod(),
        "forest" => new ForestMethod(),
        "svm" => new SvmMethod(),
        _ when PixelClassifiers.All.FirstOrDefault(known => known.Name == name) is { } entry => new NetworkMethod(entry, options),
        _ => throw new ArgumentException(
            $"There is no method '{name}'. Nearest: {Names.MinBy(known => Catalog.Edits(name, known))}. All: "
            + $"{string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>Side of the window that a method reads; baselines read the pixel alone.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static int WindowOf(string name) => PixelClassifiers.All.FirstOrDefault(entry => entry.Name == name)?.Window ?? 1;
}
