using System.IO.MemoryMappedFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>
/// An open safetensors file. It is memory-mapped: opening reads and validates the header only, <see cref="Load"/> copies one
/// tensor. While it is open, a file of the same name may be saved; this one keeps its contents.
/// </summary>
/// <remarks>Made by <see cref="SafeTensors.Open"/>. Safe for concurrent loads.</remarks>
public sealed class SafeTensorsFile : IDisposable
{
    // Tensor.bytes is a span, which ends at 2 GiB; larger tensors are copied in pieces.
    private const int PieceLength = 1 << 30;

    private readonly string path;
    private readonly long length;
    private readonly FileStream stream;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly SafeTensorsHeader header;

    internal SafeTensorsFile(string path)
    {
        this.path = path;
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            length = stream.Length;
            if (length < SafeTensorsHeader.PrefixLength)
            {
                // An empty file cannot be mapped; Parse says why it is refused.
                SafeTensorsHeader.Parse([], length, path);
            }

            map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            header = ParseHeader();
        }
        catch
        {
            view?.Dispose();
            map?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of all tensors, in the order of their bytes.</summary>
    public IEnumerable<string> Names => header.Tensors.Select(tensor => tensor.Name);

    /// <summary>What the header says of all tensors, in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensorsInfo> Tensors => header.Tensors;

    /// <summary>The free text of the header's <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Whether the file has a tensor of this name.</summary>
    public bool Contains(string name) => header.ByName.ContainsKey(name);

    /// <summary>What the header says of one tensor.</summary>
    /// <exception cref="SafeTensorsException"><see cref="SafeTensorsError.TensorNotFound"/>.</exception>
    public SafeTensorsInfo Info(string name) =>
        header.ByName.TryGetValue(name, out var info)
            ? info
            : throw new SafeTensorsException(SafeTensorsError.TensorNotFound,
                $"{path} has no tensor '{name}'; it has {header.ByName.Count}: {string.Join(", ", Names.Take(8))}{(header.ByName.Count > 8 ? ", …" : "")}.");

    /// <summary>Copies one tensor out of the file.</summary>
    /// <returns>A contiguous CPU tensor of the file's shape and dtype.</returns>
    /// <exception cref="SafeTensorsException">No such tensor; a dtype that libtorch lacks; bad booleans; the file was cut off meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor Load(string name)
    {
        var info = Info(name);
        if (!info.DType.TryGetScalarType(out var type))
        {
            throw new SafeTensorsException(SafeTensorsError.UnsupportedDType,
                $"{path}: tensor '{name}' is {info.DType.Name}, which libtorch 1.13 has no type for. Convert it to a type that PyTorch 1.13 knows and save the file again.");
        }

        if (stream.Length != length)
        {
            // Reading mapped bytes behind the end would kill the process.
            throw new SafeTensorsException(SafeTensorsError.FileChanged,
                $"{path} had {length} bytes when it was opened and has {stream.Length} now. Something wrote into it; open it again.");
        }

        var tensor = empty([.. info.Shape], dtype: type);
        try
        {
            Copy(info, tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file. Loaded tensors stay valid.</summary>
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
        stream.Dispose();
    }

    private unsafe SafeTensorsHeader ParseHeader()
    {
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var reach = Math.Min(length, SafeTensorsHeader.PrefixLength + (long)SafeTensorsHeader.MaximumLength);
            return SafeTensorsHeader.Parse(new ReadOnlySpan<byte>(start, (int)reach), length, path);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private unsafe void Copy(SafeTensorsInfo info, Tensor target)
    {
        if (info.ByteCount == 0)
        {
            return;
        }

        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var source = start + header.DataStart + info.Begin;
            using var flat = target.view(-1);
            foreach (var (from, count) in Pieces(info.ByteCount))
            {
                var piece = new ReadOnlySpan<byte>(source + from, count);
                if (info.DType == SafeTensorsDType.Bool && piece.ContainsAnyExceptInRange((byte)0, (byte)1))
                {
                    throw new SafeTensorsException(SafeTensorsError.InvalidBoolean,
                        $"{path}: BOOL tensor '{info.Name}' holds a byte other than 0 and 1. The file is damaged.");
                }

                using var part = flat.narrow(0, from / info.DType.Size, count / info.DType.Size);
                piece.CopyTo(part.bytes);
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    internal static IEnumerable<(long From, int Count)> Pieces(long bytes)
    {
        for (var from = 0L; from < bytes; from += PieceLength)
        {
            yield return (from, (int)Math.Min(PieceLength, bytes - from));
        }
    }
}
