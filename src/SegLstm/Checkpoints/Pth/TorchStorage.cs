using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pth;

/// <summary>A block of elements in the file, which any number of tensors look at.</summary>
/// <param name="key">The file's name for it.</param>
/// <param name="dtype">The element type.</param>
/// <param name="count">The number of elements.</param>
internal sealed class TorchStorage(string key, ScalarType dtype, long count)
{
    public string Key { get; } = key;

    public ScalarType DType { get; } = dtype;

    public long Count { get; } = count;

    /// <summary>Opens its bytes, <see cref="Count"/> elements of them; set once it is known where they are.</summary>
    public Func<Stream>? Open { get; set; }
}
