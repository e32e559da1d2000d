namespace SegLstm.Pretraining.Regions;

/// <summary>Where a pixel of the source tile, with what is around it, lies in both views.</summary>
/// <param name="Id">The pixel in the middle.</param>
/// <param name="First">The box in the first view.</param>
/// <param name="Second">The box in the second view.</param>
public sealed record RegionPair(long Id, Box First, Box Second);
