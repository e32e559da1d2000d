using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Cuts the standardised windows of pixels that a classifier reads.</summary>
/// <param name="cube">The image.</param>
/// <param name="scale">How it is standardised.</param>
/// <param name="window">Side of a window; beyond the image's edge the nearest pixel stands in.</param>
public sealed class PixelWindows(SpectralCube cube, BandScale scale, int window)
{
    /// <summary>The windows of pixels.</summary>
    /// <param name="pixels"><c>row · width + column</c> of each.</param>
    /// <returns><c>(B, bands, window, window)</c>; in memory the bands of a pixel are side by side.</returns>
    public Tensor Cut(ReadOnlySpan<int> pixels)
    {
        var samples = new float[checked(pixels.Length * window * window * cube.Bands)];
        var (to, radius) = (0, window / 2);
        foreach (var pixel in pixels)
        {
            var (row, column) = Math.DivRem(pixel, cube.Width);
            for (var y = row - radius; y <= row + radius; y++)
            {
                for (var x = column - radius; x <= column + radius; x++)
                {
                    var near = (Math.Clamp(y, 0, cube.Height - 1) * cube.Width) + Math.Clamp(x, 0, cube.Width - 1);
                    scale.Apply(cube.Spectrum(near), samples.AsSpan(to, cube.Bands));
                    to += cube.Bands;
                }
            }
        }

        using var flat = tensor(samples);
        using var shaped = flat.view(pixels.Length, window, window, cube.Bands);
        return shaped.permute(0, 3, 1, 2);
    }
}
