using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Cuts the standardised windows of pixels that a classifier reads.</summary>
/// <param name="cube">The image.</param>
/// <param name="scale">How it is standardised.</param>
/// <param name="window">Side of a window; beyond the image's edge it is mirrored, as by <see cref="Patches"/>.</param>
public sealed class PixelWindows(SpectralCube cube, BandScale scale, int window)
{
    /// <summary>The windows of pixels.</summary>
    /// <param name="pixels"><c>row · width + column</c> of each.</param>
    /// <returns><c>(B, bands, window, window)</c>; in memory the bands of a pixel are side by side.</returns>
    public unsafe Tensor Cut(ReadOnlySpan<int> pixels)
    {
        // Written where it stays: an array for each of many thousand runs would be garbage that grows faster than it is collected.
        using var windows = empty([pixels.Length, window, window, cube.Bands]);
        var samples = new Span<float>(TensorMemory.Pointer<float>(windows), checked((int)windows.numel()));
        Span<int> places = new int[window * window];
        var to = 0;
        foreach (var pixel in pixels)
        {
            Patches.Find(pixel, cube.Height, cube.Width, places);
            foreach (var place in places)
            {
                scale.Apply(cube.Spectrum(place), samples.Slice(to, cube.Bands));
                to += cube.Bands;
            }
        }

        GC.KeepAlive(windows);
        return windows.permute(0, 3, 1, 2);
    }
}
