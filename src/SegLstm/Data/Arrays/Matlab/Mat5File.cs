using System.IO.Compression;

namespace SegLstm.Data.Arrays.Matlab;

/// <summary>
/// MATLAB v5 to v7: elements one after the other, each a matrix, or a matrix compressed with zlib. Only headers are read until an
/// array is asked for, so a packed file unpacks no more than that array.
/// </summary>
/// <remarks>"MAT-File Format", MathWorks, chapter on level 5.</remarks>
internal sealed class Mat5File : ArrayFile
{
    private const int HeaderBytes = 128, Matrix = 14, Compressed = 15;

    /// <summary>What Deflate can expand to at most, and the part of a tag.</summary>
    private const long MostExpansion = 1032;

    private readonly bool _isBigEndian;

    internal Mat5File(string path, FileBytes bytes, ArrayLimits limits)
        : base(path, bytes, limits) => _isBigEndian = bytes.Read(126, 1)[0] == (byte)'M';

    public override string Format => $"MATLAB v5 to v7{(_isBigEndian ? ", big-endian" : "")}";

    internal static bool IsOne(FileBytes bytes)
    {
        if (bytes.Length < HeaderBytes) return false;
        byte[] tail = bytes.Read(124, 4);
        return (tail[2], tail[3]) switch
        {
            ((byte)'I', (byte)'M') => tail[1] == 1,
            ((byte)'M', (byte)'I') => tail[0] == 1,
            _ => false,
        };
    }

    private protected override IEnumerable<ArrayEntry> List()
    {
        int count = 0;
        for (long at = HeaderBytes; at < Bytes.Length;)
        {
            CheckCount(++count);
            var (type, size) = Tag(at);
            using (Stream stream = OpenAt(at, out _))
                yield return Header(stream, at).Entry(at);
            at += 8 + size;
        }
    }

    private protected override T[] Load<T>(ArrayEntry entry)
    {
        using Stream stream = OpenAt(entry.Place, out long most);
        var reader = new Mat5Reader(stream, _isBigEndian);
        var header = Mat5Header.Read(reader);
        var (type, size) = reader.Tag();
        var stored = Mat5Header.ElementOf(type)
            ?? throw ArrayFileException.Damaged($"the numbers of {entry} are of the unknown type {type}.");
        if (size != entry.Count * stored.Bytes())
        {
            throw ArrayFileException.Damaged(
                $"{entry} needs {entry.Count * stored.Bytes():N0} bytes of {stored.Word()} and declares {size:N0}.");
        }

        if (size > most)
        {
            throw ArrayFileException.Truncated($"{entry} declares {size:N0} bytes; its part of the file can hold {most:N0} at most.");
        }

        var target = new ElementScatter<T>([.. header.Shape.Reverse()], reversed: true);
        target.Put(reader.Data(size), stored, _isBigEndian);
        if (stream is ZLibStream)
            reader.Finish();
        return target.Values;
    }

    /// <summary>The matrix at a place, unpacked, behind its own tag; and how many bytes it can have at most.</summary>
    private Stream OpenAt(long at, out long most)
    {
        var (type, size) = Tag(at);
        Stream piece = Bytes.Open(at + 8, size);
        most = size;
        if (type == Matrix) return piece;
        most = size * MostExpansion;
        var unpacked = new ZLibStream(piece, CompressionMode.Decompress);
        try
        {
            var (inner, _) = new Mat5Reader(unpacked, _isBigEndian).Tag();
            return inner == Matrix ? unpacked : throw Unknown(inner, at);
        }
        catch (Exception damage) when (damage.IsPackedDamage())
        {
            unpacked.Dispose();
            throw NoUnpacking(at);
        }
    }

    private Mat5Header Header(Stream stream, long at)
    {
        try
        {
            return Mat5Header.Read(new Mat5Reader(stream, _isBigEndian));
        }
        catch (Exception damage) when (damage.IsPackedDamage())
        {
            throw stream is ZLibStream ? NoUnpacking(at) : ArrayFileException.Truncated(
                $"the variable at byte {at:N0} ends within its header.");
        }
    }

    private (int Type, long Size) Tag(long at)
    {
        using Stream stream = Bytes.Open(at, 8);
        var (type, size) = new Mat5Reader(stream, _isBigEndian).Tag();
        if (type is not (Matrix or Compressed)) throw Unknown(type, at);
        Bytes.Check(at + 8, size);
        return (type, size);
    }

    private static ArrayFileException Unknown(int type, long at) =>
        ArrayFileException.Damaged($"an element of type {type} where a variable is expected (at byte {at:N0}).");

    private static ArrayFileException NoUnpacking(long at) =>
        ArrayFileException.Damaged($"the compressed variable at byte {at:N0} does not unpack: it is damaged. Get the file again.");
}
