using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>Two views of each tile of a batch.</summary>
/// <param name="First">First views <c>(B, bands, S, S)</c>, normalised; in GLCNet those that are cropped alone.</param>
/// <param name="Second">Second views of the same tiles, of the same shape.</param>
/// <param name="Seed">Of what a method draws for this batch: boxes, masks, permutations. Dropout draws from libtorch's default
/// generator.</param>
public sealed record ViewBatch(Tensor First, Tensor Second, long Seed)
{
    /// <summary>For each pixel of the first views the id of the tile's pixel that it shows, int64 <c>(B, S, S)</c>; null where no
    /// method asks for it.</summary>
    public Tensor? FirstIndex { get; init; }

    /// <summary>The same of the second views.</summary>
    public Tensor? SecondIndex { get; init; }
}
