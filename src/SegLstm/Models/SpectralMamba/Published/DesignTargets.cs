using SegLstm.Models.Hyperspectral;

namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>What is published of SpectralMamba's counts, as intervals of the numbers that print so.</summary>
public static class DesignTargets
{
    private static readonly PublishedRow Pixelwise = PixelClassifiers.Find("spectralmamba_pixel").Published!;
    private static readonly PublishedRow Patchwise = PixelClassifiers.Find("spectralmamba_patch").Published!;

    /// <summary>Least and most parameters of the pixelwise model: 12.33K.</summary>
    public static (long Least, long Most) Parameters { get; } = (12_325, 12_335);

    /// <summary>Least and most multiply-adds of the pixelwise model for one pixel, by both printed numbers: 23.39M for a batch of 64,
    /// and 36.25M with the gated merging.</summary>
    public static (long Least, long Most) MultiplyAdds { get; } = (
        Math.Max(Least(Pixelwise), Least(Patchwise) - Merging.MultiplyAdds),
        Math.Min(Most(Pixelwise), Most(Patchwise) - Merging.MultiplyAdds));

    /// <summary>The gated merging at 145 bands and windows of 3 x 3.</summary>
    public static ProfilerCost Merging =>
        ProfilerCost.Convolution(1, PublishedRow.Bands, 9, 9) + ProfilerCost.Linear(PublishedRow.Bands, PublishedRow.Bands, 9);

    /// <summary>Whether a count is the published one of the pixelwise model.</summary>
    public static bool Fits(ProfilerCost cost) => cost.Parameters >= Parameters.Least && cost.Parameters <= Parameters.Most
        && cost.MultiplyAdds >= MultiplyAdds.Least && cost.MultiplyAdds <= MultiplyAdds.Most;

    /// <summary>Whether pieces save what the ablation says, 79 % of the parameters and 46 % of the multiply-adds, of the pixelwise or
    /// the patchwise model, against one of two readings of "without".</summary>
    /// <param name="design">The design.</param>
    public static bool FitsAblation(PublishedDesign design) => new[] { true, false }.Any(oneToken =>
        new[] { default, Merging }.Any(merging => Saves(
            design.Cost + merging, design.CostWithoutPieces(oneToken) + merging)));

    private static bool Saves(ProfilerCost with, ProfilerCost without) =>
        Math.Abs(1 - ((double)with.Parameters / without.Parameters) - 0.79) <= 0.005
        && Math.Abs(1 - ((double)with.MultiplyAdds / without.MultiplyAdds) - 0.46) <= 0.005;

    private static long Least(PublishedRow row) =>
        (long)Math.Ceiling((row.MegaMultiplyAdds - 0.005) * 1e6 / ProfilerCost.TableBatch);

    private static long Most(PublishedRow row) =>
        (long)Math.Floor((row.MegaMultiplyAdds + 0.005) * 1e6 / ProfilerCost.TableBatch);
}
