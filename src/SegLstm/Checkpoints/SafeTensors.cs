using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>
/// Reads and writes safetensors files: a header that names dtype, shape and place of every tensor, then the bytes. Nothing in
/// such a file is executed, and nothing is allocated before the whole header has been checked.
/// </summary>
public static class SafeTensors
{
    /// <summary>Opens a file without loading its tensors.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="SafeTensorsException">The file breaks a rule of the format.</exception>
    public static SafeTensorsFile Open(string path) => new(path);

    /// <summary>Loads all tensors of a file.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <returns>CPU tensors by name; the caller owns them.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="SafeTensorsException">The file breaks a rule of the format, or holds a dtype that libtorch lacks.</exception>
    public static Dictionary<string, Tensor> Load(string path)
    {
        using var file = Open(path);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (var name in file.Names)
            {
                tensors.Add(name, file.Load(name));
            }

            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }
    }

    /// <summary>Writes tensors to a file, which appears whole or not at all (see <see cref="AtomicFile"/>).</summary>
    /// <param name="path">The file to write; a file of that name is replaced, also while it is open for reading.</param>
    /// <param name="tensors">Names and dense tensors on any device. They are written by descending element size, then by name, so equal contents give equal bytes.</param>
    /// <param name="metadata">Free text to keep in the header.</param>
    /// <exception cref="SafeTensorsException">A name is empty, reserved, or given twice; a dtype or layout that the format lacks; too long a header.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var layout = SafeTensorsLayout.Of(path, tensors);
        var header = layout.Header(path, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var (_, tensor) in layout.Entries)
            {
                Write(stream, tensor);
            }
        });
    }

    private static void Write(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        foreach (var (from, count) in SafeTensorsFile.Pieces(flat.numel() * flat.element_size()))
        {
            using var part = flat.narrow(0, from / flat.element_size(), count / flat.element_size());
            stream.Write(part.bytes);
        }
    }
}
