using SegLstm.Training.Hyperspectral;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Hyperspectral;

public sealed class PixelWindowsTests
{
    [Fact]
    public void A_window_holds_the_neighbours_and_mirrors_the_image_at_its_edge()
    {
        using var scope = NewDisposeScope();
        const int Bands = 2, Height = 4, Width = 5;
        var cube = new SpectralCube([.. Enumerable.Range(0, Height * Width * Bands).Select(i => (float)i)], Height, Width, Bands);
        var scale = BandScale.Of(cube, [.. Enumerable.Range(0, cube.Pixels)]);
        var windows = new PixelWindows(cube, scale, 3).Cut([0, 12]);
        Assert.Equal([2, Bands, 3, 3], windows.shape);
        for (var which = 0; which < 2; which++)
        {
            var (row, column) = Math.DivRem(which == 0 ? 0 : 12, Width);
            for (var band = 0; band < Bands; band++)
            {
                for (var v = 0; v < 3; v++)
                {
                    for (var u = 0; u < 3; u++)
                    {
                        var (y, x) = (Math.Abs(row + v - 1), Math.Abs(column + u - 1));
                        var raw = cube.Samples[(((y * Width) + x) * Bands) + band];
                        var expected = (raw - scale.Mean[band]) * scale.Factor[band];
                        Assert.Equal(expected, windows[which, band, v, u].item<float>(), 1e-5f);
                    }
                }
            }
        }
    }
}
