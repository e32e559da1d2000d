using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A batch as a model saw it, with the seed of what the model drew.</summary>
/// <param name="Image">Images <c>(N, bands, h, w)</c>.</param>
/// <param name="Label">Labels <c>(N, h, w)</c> int64.</param>
/// <param name="Seed">Of dropout and what else the model draws.</param>
public sealed record SeededBatch(Tensor Image, Tensor Label, long Seed);
