using SegLstm.Data.Pictures;

namespace SegLstm.Pretraining.Views;

/// <summary>A view and where its pixels are from.</summary>
/// <param name="Image">The view.</param>
/// <param name="Index">For each pixel, row after row, row * tile side + column of the tile's pixel it stands for.</param>
internal sealed record View(ByteImage Image, long[] Index);
