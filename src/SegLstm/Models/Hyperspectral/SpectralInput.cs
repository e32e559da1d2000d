namespace SegLstm.Models.Hyperspectral;

/// <summary>What a classifier of hyperspectral pixels sees and tells.</summary>
/// <param name="Bands">L, bands of a spectrum.</param>
/// <param name="Classes">Classes, from 0.</param>
/// <param name="Window">Side of the window around the pixel: 1 (its spectrum alone: "pixelwise"), or 3, 5 ...
/// ("patchwise").</param>
public sealed record SpectralInput(int Bands, int Classes, int Window = 1)
{
    /// <summary>Pixels of a window.</summary>
    public int Pixels => Window * Window;

    /// <summary>All that is wrong, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Bands > 0, $"{nameof(Bands)} must be positive, got {Bands}.");
        problems.Require(Classes > 0, $"{nameof(Classes)} must be positive, got {Classes}.");
        problems.Require(Window > 0 && Window % 2 == 1, $"{nameof(Window)} must be odd (1, 3, 5 ...), got {Window}.");
        return problems;
    }
}
