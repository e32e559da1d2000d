using SegLstm.Training.Mapping;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>What mapping a raster gave, small enough to look at.</summary>
/// <param name="Pixels">Pixels of each class in the whole map, `(classes)`.</param>
/// <param name="NoData">Pixels without data.</param>
/// <param name="Labels">
/// Classes, `(h, w)` uint8, 255 where there is no data: every <paramref name="Step"/>th row and column.
/// <see cref="RasterMapper.Picture"/> reads the same pixels of the source.
/// </param>
/// <param name="Step">Rows and columns of the map for one of the preview.</param>
/// <param name="Speed">How fast it was made.</param>
public sealed record RasterMap(IReadOnlyList<long> Pixels, long NoData, Tensor Labels, int Step, MapSpeed Speed) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Labels.Dispose();
}
