using TorchSharp;
using static TorchSharp.torch;
using SpectralMambaModel = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Training.Hyperspectral;

/// <summary>What a trained SpectralMamba lets into its memory of each band: the step sizes Δ of the scan, by class.</summary>
/// <remarks>All bands of a piece share its step. A large step is a hint of what the model reads, no proof of what its answer hangs
/// on: the token's content counts as well.</remarks>
/// <param name="ByClass">Mean step of each class and band; NaN for a class without pixels.</param>
public sealed record BandImportance(IReadOnlyList<IReadOnlyList<double>> ByClass)
{
    private const int Run = 512;

    /// <summary>Measures pixels.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="cube">The image.</param>
    /// <param name="scale">How its training pixels were standardised.</param>
    /// <param name="pixels">Which pixels.</param>
    /// <param name="labels">Class of each, from 0.</param>
    /// <param name="layer">Which layer's scan.</param>
    public static BandImportance Of(
        SpectralMambaModel model, SpectralCube cube, BandScale scale, int[] pixels, int[] labels, int layer = 0)
    {
        var windows = new PixelWindows(cube, scale, model.Input.Window);
        var (bands, width) = (cube.Bands, model.Pieces.Width);
        var sums = new double[model.Input.Classes, model.Pieces.Count];
        var counts = new int[model.Input.Classes];
        using var frozen = no_grad();
        for (var from = 0; from < pixels.Length; from += Run)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(Run, pixels.Length - from);
            var steps = model.StepSizes(windows.Cut(pixels.AsSpan(from, count)), layer).contiguous().data<float>().ToArray();
            for (var i = 0; i < count; i++)
            {
                var label = labels[from + i];
                counts[label]++;
                for (var piece = 0; piece < model.Pieces.Count; piece++)
                {
                    sums[label, piece] += steps[(i * model.Pieces.Count) + piece];
                }
            }
        }

        return new BandImportance(
        [
            .. counts.Select((count, label) => (IReadOnlyList<double>)
                [.. Enumerable.Range(0, bands).Select(band => sums[label, band / width] / count)]),
        ]);
    }
}
