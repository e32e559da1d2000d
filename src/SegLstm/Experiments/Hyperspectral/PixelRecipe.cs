using SegLstm.Data.Hyperspectral;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>Everything that one network on one draw of a hyperspectral scene depends on, the scene itself apart.</summary>
public sealed record PixelRecipe
{
    /// <summary>Name in <see cref="PixelClassifiers"/>.</summary>
    public string Model { get; init; } = "spectralmamba_patch";

    /// <summary>Which pixels are learnt: <see cref="PixelDraws.Random"/>, <see cref="PixelDraws.Disjoint"/> or
    /// <see cref="PixelDraws.Published"/>.</summary>
    public string Split { get; init; } = PixelDraws.Disjoint;

    /// <summary>Share of each class's labels to learn from, above 0 and below 1; a published split has its own.</summary>
    public double Share { get; init; } = 0.05;

    /// <summary>Side of the blocks that disjoint draws take, in pixels.</summary>
    public int BlockSize { get; init; } = 16;

    /// <summary>How the network is trained; its seed is also the number of the draw, and the root of the first weights.</summary>
    public PixelTrainingOptions Training { get; init; } = new() { Epochs = 300 };

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        string[] models = [.. PixelClassifiers.All.Select(entry => entry.Name)];
        string[] splits = [PixelDraws.Random, PixelDraws.Disjoint, PixelDraws.Published];
        if (!models.Contains(Model)) yield return $"Model is '{Model}': expected {string.Join(", ", models)}.";
        if (!splits.Contains(Split)) yield return $"Split is '{Split}': expected {string.Join(", ", splits)}.";
        if (Share is not (> 0 and < 1)) yield return $"Share is {Share}: expected above 0 and below 1, such as 0.05.";
        if (BlockSize < 1) yield return $"BlockSize is {BlockSize}: expected at least 1.";
        if (Training.Seed is < 0 or > int.MaxValue) yield return $"Training.Seed is {Training.Seed}: expected 0 to {int.MaxValue}.";
        foreach (string fault in Training.Validate()) yield return fault;
    }

    /// <summary>The pixels to learn, and those to judge by.</summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="window">Side of the windows that the network sees, in pixels.</param>
    /// <exception cref="ArgumentException">The scene has no labels or no such split, or nothing would be left to judge by.</exception>
    public PixelDraw Draw(HyperspectralScene scene, int window) =>
        PixelDraws.One(scene, Split, Share, checked((int)Training.Seed), window, BlockSize);
}
