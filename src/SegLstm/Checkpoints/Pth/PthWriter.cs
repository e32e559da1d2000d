using SegLstm.Checkpoints.Pickle;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pth;

/// <summary>Writes a state dict as PyTorch's zip format.</summary>
internal static class PthWriter
{
    /// <summary>Writes a file, which appears whole or not at all.</summary>
    /// <exception cref="CheckpointException">A tensor is sparse, or a name stands twice or is no text.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var items = tensors.ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in items)
        {
            if (!SafeTensorsHeaderReader.IsText(name))
            {
                throw new CheckpointException(CheckpointError.InvalidName,
                    $"{path} was not written: the name '{Printable.Of(name)}' holds half a surrogate pair, which is no "
                        + "Unicode text.");
            }

            if (!names.Add(name))
            {
                throw new CheckpointException(CheckpointError.DuplicateName,
                    $"{path} was not written: two tensors are called '{name}'.");
            }

            if (tensor.is_sparse)
            {
                throw new CheckpointException(CheckpointError.UnsupportedLayout,
                    $"{path} was not written: tensor '{name}' is sparse. Save name.to_dense() instead.");
            }
        }

        var memory = SharedMemory.Of([.. items.Select(item => item.Value)]);
        AtomicFile.Write(path, stream => Write(stream, items, memory));
    }

    private static void Write(Stream stream, List<KeyValuePair<string, Tensor>> items, SharedMemory memory)
    {
        var zip = new ZipWriter(stream);
        zip.Add("archive/data.pkl", PickleWriter.Write(items.Select((item, i) => (item.Key, memory.Windows[i]))));
        zip.Add("archive/byteorder", "little"u8.ToArray());
        for (var i = 0; i < memory.Storages.Count; i++)
        {
            using var scope = NewDisposeScope();
            var (dtype, elements) = memory.Storages[i];
            var flat = elements();
            var checksum = 0u;
            Pieces(flat, bytes => checksum = Crc32.Append(checksum, bytes));
            zip.Add($"archive/data/{i}", flat.numel() * TensorTypes.SizeOf(dtype), checksum, target =>
                Pieces(flat, target.Write));
        }

        zip.Add("archive/version", "3\n"u8.ToArray());
        zip.Finish();
    }

    private static void Pieces(Tensor flat, SpanAction take)
    {
        var size = flat.element_size();
        foreach (var (from, count) in SafeTensorsFile.Pieces(flat.numel() * size))
        {
            using var part = flat.narrow(0, from / size, count / size);
            take(part.bytes);
        }
    }

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);
}
