using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.FewShot;

/// <summary>An episode's image and masks, resized to a square without regard to their aspect, as the benchmarks have it.</summary>
/// <param name="Image">Colours from 0 to 1, <c>(3, s, s)</c>.</param>
/// <param name="Mask">1 where the class is, int64 <c>(s, s)</c>.</param>
/// <param name="Ignore">1 where nothing is counted, int64 <c>(s, s)</c>; null: everything is.</param>
public sealed record FewShotSample(Tensor Image, Tensor Mask, Tensor? Ignore) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Image.Dispose();
        Mask.Dispose();
        Ignore?.Dispose();
    }
}
