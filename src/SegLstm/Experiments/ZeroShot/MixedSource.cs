using TorchSharp;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>One of several data sets that are learnt from together, with its own words for its own classes.</summary>
/// <param name="Tiles">Yields "image" float32 <c>(C, h, w)</c> and "label" int64 <c>(h, w)</c>, all of one size.</param>
/// <param name="Labels">The words of its labels 0, 1, 2 ...</param>
/// <param name="Weight">How often it is drawn, against the others.</param>
public sealed record MixedSource(torch.utils.data.Dataset Tiles, IReadOnlyList<string> Labels, double Weight = 1);
