using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>What mapping a raster gave, small enough to look at.</summary>
/// <param name="Pixels">Pixels of each class in the whole map, `(classes)`.</param>
/// <param name="NoData">Pixels without data.</param>
/// <param name="Image">
/// Raw samples of the model's bands, `(C, h, w)` float32: every <paramref name="Step"/>th row and column.
/// </param>
/// <param name="Labels">Classes of the same pixels, `(h, w)` uint8, 255 where there is no data.</param>
/// <param name="Step">Rows and columns of the map for one of the preview.</param>
public sealed record RasterMap(IReadOnlyList<long> Pixels, long NoData, Tensor Image, Tensor Labels, int Step) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Image.Dispose();
        Labels.Dispose();
    }
}
