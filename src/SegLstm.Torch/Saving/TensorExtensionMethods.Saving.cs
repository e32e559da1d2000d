using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    private const int MostDimensions = 64;
    private const int PieceBytes = 1 << 20;

    /// <summary>Writes the element type, the shape and the elements, as TorchSharp does.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        writer.Encode((long)tensor.dtype);
        var shape = tensor.shape;
        writer.Encode(shape.Length);
        foreach (var size in shape) writer.Encode(size);
        using var host = tensor.cpu();
        using var dense = host.contiguous();
        if (dense.numel() == 0) return;
        writer.Flush();
        foreach (var piece in Pieces(dense)) writer.BaseStream.Write(piece.bytes);
    }

    /// <summary>Writes the tensor to a stream, which it closes.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    /// <summary>Writes the tensor to a file, which appears only when it is complete.</summary>
    public static void Save(this Tensor tensor, string location) => AtomicFile.Write(location, tensor.Save);

    /// <summary>Reads what <see cref="Save(Tensor, BinaryWriter)"/> wrote into this tensor; or past it, with <paramref name="skip"/>.</summary>
    /// <exception cref="ArgumentException">The type or the shape differs.</exception>
    /// <exception cref="EndOfStreamException">The file ends early.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, type, shape);
            return;
        }
        if (type != tensor.dtype) throw new ArgumentException($"The file holds {type}; the tensor is {tensor.dtype}.");
        if (!tensor.shape.AsSpan().SequenceEqual(shape))
            throw new ArgumentException($"The file holds shape ({string.Join(", ", shape)}); the tensor has ({string.Join(", ", tensor.shape)}).");
        using var noGradient = no_grad();
        using var read = ReadElements(reader, type, shape);
        tensor.copy_(read);
    }

    /// <summary>Reads a tensor that <see cref="Save(Tensor, BinaryWriter)"/> wrote; with <paramref name="skip"/> its elements stay unread and are zero.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (!skip) return ReadElements(reader, type, shape);
        Skip(reader, type, shape);
        return zeros(shape, type);
    }

    /// <summary>Reads past a tensor without allocating it.</summary>
    internal static void PassOver(BinaryReader reader)
    {
        var (type, shape) = ReadHeader(reader);
        Skip(reader, type, shape);
    }

    /// <summary>Reads a tensor into <paramref name="tensor"/>, or into a new one where that is null.</summary>
    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is null) tensor = Load(reader, skip);
        else tensor.Load(reader, skip);
    }

    private static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = (ScalarType)reader.Decode();
        if (!Enum.IsDefined(type)) throw new InvalidDataException($"The file names element type {(long)type}, which does not exist: it is no saved tensor, or it is damaged.");
        var dimensions = reader.Decode();
        if (dimensions > MostDimensions) throw new InvalidDataException($"The file names {dimensions} dimensions, and {MostDimensions} are possible: it is no saved tensor, or it is damaged.");
        var shape = new long[dimensions];
        for (var k = 0; k < dimensions; k++) shape[k] = reader.Decode();
        return (type, shape);
    }

    /// <summary>The number of bytes that follow, checked against what is left of the stream before anything is allocated.</summary>
    private static long CheckedLength(BinaryReader reader, ScalarType type, long[] shape)
    {
        long length;
        try
        {
            length = shape.Aggregate((long)type.ElementSize(), (product, size) => checked(product * size));
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"The file names shape ({string.Join(", ", shape)}), which is too large to exist: it is damaged.");
        }
        var stream = reader.BaseStream;
        if (stream.CanSeek && length > stream.Length - stream.Position)
            throw new EndOfStreamException($"A tensor of shape ({string.Join(", ", shape)}) takes {length} bytes; the file has {stream.Length - stream.Position} left. It is damaged or was not written to the end.");
        return length;
    }

    private static Tensor ReadElements(BinaryReader reader, ScalarType type, long[] shape)
    {
        CheckedLength(reader, type, shape);
        var tensor = empty(shape, type);
        if (tensor.numel() == 0) return tensor;
        foreach (var piece in Pieces(tensor)) reader.BaseStream.ReadExactly(piece.bytes);
        return tensor;
    }

    private static void Skip(BinaryReader reader, ScalarType type, long[] shape)
    {
        var length = CheckedLength(reader, type, shape);
        if (reader.BaseStream.CanSeek)
        {
            reader.BaseStream.Seek(length, SeekOrigin.Current);
            return;
        }
        var sink = new byte[Math.Min(length, PieceBytes)];
        for (; length > 0; length -= Math.Min(length, sink.Length)) reader.BaseStream.ReadExactly(sink.AsSpan(0, (int)Math.Min(length, sink.Length)));
    }

    // A span holds 2 GiB at most, and tensors may be larger.
    private static IEnumerable<Tensor> Pieces(Tensor dense)
    {
        var step = PieceBytes / dense.element_size();
        using var flat = dense.view(-1);
        for (var start = 0L; start < flat.numel(); start += step)
        {
            using var piece = flat.narrow(0, start, Math.Min(step, flat.numel() - start));
            yield return piece;
        }
    }
}
