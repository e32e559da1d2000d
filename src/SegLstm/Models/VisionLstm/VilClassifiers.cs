namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM (release 2) as classifier of whole images, by the names of the segmentation models.</summary>
/// <remarks>
/// The authors' pre-training set-up: the head norm that the training code has, and one rate of drop path for all blocks (T 0, S 0.05,
/// B 0.2). Names are the published checkpoints', so those load as they are. <c>vil2_nano</c> is ours: for tiles of a few pixels.
/// </remarks>
public static class VilClassifiers
{
    private const long Patch = 16, NanoPatch = 4;

    private static readonly (string Name, int Dim, int Pairs, long Patch, double DropPath)[] Sizes =
    [
        ("vil2_nano", 64, 3, NanoPatch, 0), ("vil2_tiny", 192, 12, Patch, 0), ("vil2_small", 384, 12, Patch, 0.05),
        ("vil2_base", 768, 12, Patch, 0.2),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sizes.Select(size => size.Name)];

    /// <summary>Makes a classifier with fresh parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="classes">Classes to tell apart.</param>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="imageSize">Side of the images in pixels, a multiple of the patch: sets the grid of the position embedding.</param>
    /// <exception cref="ArgumentException">There is no such classifier, or a number does not fit it.</exception>
    public static VisionLSTM2 Create(string name, int classes, int channels, int imageSize)
    {
        string known = Check(name);
        var size = Sizes.First(one => one.Name == known);
        return new VisionLSTM2(VisionLstmConfig.V2 with
        {
            Dim = size.Dim, Depth = size.Pairs, PatchSize = size.Patch, Classes = classes, Channels = channels, Height = imageSize,
            Width = imageSize, LegacyNorm = true, DropPathRate = size.DropPath,
        });
    }

    /// <summary>The name as it is written here.</summary>
    /// <exception cref="ArgumentException">There is no such classifier; all are named.</exception>
    public static string Check(string name) =>
        Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
            $"There is no classifier of whole images '{name}': expected {string.Join(", ", Names)}.");
}
