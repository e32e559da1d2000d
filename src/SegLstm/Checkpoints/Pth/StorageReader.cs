using SegLstm.Checkpoints.Pickle;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pth;

/// <summary>Makes tensors of a file's storages.</summary>
internal static class StorageReader
{
    // One piece is read, summed and copied while it is in the processor's cache.
    private const int PieceLength = 1 << 18;

    /// <summary>Reads a storage.</summary>
    /// <returns>One dimension, on the CPU.</returns>
    /// <exception cref="CheckpointException">Its bytes are damaged.</exception>
    public static Tensor Read(TorchStorage storage)
    {
        var size = TensorTypes.SizeOf(storage.DType);
        var tensor = empty([storage.Count], dtype: storage.DType, device: CPU);
        try
        {
            using var stream = storage.Open!();
            for (var from = 0L; from < storage.Count; from += PieceLength / size)
            {
                using var piece = tensor.narrow(0, from, Math.Min(PieceLength / size, storage.Count - from));
                var bytes = piece.bytes;
                stream.ReadExactly(bytes);
                if (storage.DType == ScalarType.Bool && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
                {
                    throw new CheckpointException(CheckpointError.InvalidBoolean,
                        $"bool storage '{Printable.Of(storage.Key, 40)}' holds a byte other than 0 and 1. The file is damaged.");
                }
            }

            // What is left is less than an element; reading on is what compares length and checksum.
            stream.CopyTo(Stream.Null);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>The window that a tensor is, on the memory of its storage.</summary>
    public static Tensor View(PickleValue.TensorView view, Tensor memory) =>
        memory.as_strided([.. view.Shape], [.. view.Strides], view.Storage.Offset + view.Offset);
}
