using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>A tensor to be written: a window on a storage of the file.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Key">The storage's name.</param>
/// <param name="Count">The storage's elements.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Strides">Elements between neighbours along each dimension.</param>
internal sealed record StorageWindow(ScalarType DType, string Key, long Count, long Offset, long[] Shape, long[] Strides);
