using System.Buffers.Binary;
using System.IO.Compression;

namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>What chunks went through when they were written, undone in reverse: Deflate, LZF, byte shuffling, checksums.</summary>
/// <remarks>HDF5 File Format Specification 3.0, section IV.A.2.l.</remarks>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1, Shuffle = 2, Fletcher32 = 3, Lzf = 32000, MostFilters = 32, MostExpansion = 1032;

    private readonly List<int> _ids = [];

    internal static Hdf5Filters None { get; } = new();

    /// <summary>How many times larger than what is stored a chunk can be.</summary>
    internal long Expansion => _ids.Any(id => id is Deflate or Lzf) ? MostExpansion : 1;

    internal static Hdf5Filters Read(Hdf5Block block)
    {
        int version = block.Byte(), count = block.Byte();
        if (version is not (1 or 2) || count > MostFilters)
            throw ArrayFileException.Damaged($"{count} HDF5 filters of version {version}.");
        if (version == 1) block.Skip(6);
        var filters = new Hdf5Filters();
        for (int i = 0; i < count; i++)
        {
            int id = block.Short(), nameLength = version == 1 || id >= 256 ? block.Short() : 0;
            block.Skip(2);
            int values = block.Short();
            string name = System.Text.Encoding.ASCII.GetString(block.Take(version == 1 ? (nameLength + 7) & ~7 : nameLength)).TrimEnd('\0');
            block.Skip((values * 4) + (version == 1 && values % 2 == 1 ? 4 : 0));
            if (id is not (Deflate or Shuffle or Fletcher32 or Lzf))
            {
                string known = id switch { 4 => "szip", 5 => "nbit", 6 => "scale-offset", 32001 => "Blosc", 32004 => "LZ4",
                    32008 => "bitshuffle", 32015 => "Zstandard", _ => "" };
                throw ArrayFileException.Unsupported(
                    $"the HDF5 filter {(known.Length > 0 ? known : Checkpoints.Printable.Of(name, 60))} (number {id}); gzip, LZF, shuffle and fletcher32 are read. "
                    + "Write the file anew with: h5repack -f GZIP=4");
            }

            filters._ids.Add(id);
        }

        return filters;
    }

    /// <summary>Undoes the filters of a chunk.</summary>
    /// <param name="stored">Its bytes in the file.</param>
    /// <param name="mask">Filters that were left out, a bit each.</param>
    /// <param name="elementSize">Bytes an element.</param>
    /// <param name="size">Bytes of the chunk without filters.</param>
    internal byte[] Undo(byte[] stored, uint mask, int elementSize, int size)
    {
        for (int i = _ids.Count - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) != 0) continue;
            // What was added before this filter is still in its output: a checksum is four bytes.
            int most = size + (4 * _ids.Take(i).Count(id => id == Fletcher32));
            stored = _ids[i] switch
            {
                Deflate => Inflate(stored, most),
                Lzf => Hdf5Lzf.Decompress(stored, most),
                Shuffle => Unshuffle(stored, elementSize),
                _ => Checked(stored),
            };
        }

        return stored.Length == size ? stored
            : throw ArrayFileException.Damaged($"an HDF5 chunk unpacks to {stored.Length:N0} bytes; expected {size:N0}.");
    }

    private static byte[] Inflate(byte[] stored, int most)
    {
        byte[] unpacked = new byte[most];
        using var stream = new ZLibStream(new MemoryStream(stored), CompressionMode.Decompress);
        int length = stream.ReadAtLeast(unpacked, most, throwOnEndOfStream: false);
        if (stream.ReadByte() >= 0) throw ArrayFileException.Damaged($"an HDF5 chunk unpacks to more than {most:N0} bytes.");
        return length == most ? unpacked : unpacked[..length];
    }

    private static byte[] Unshuffle(byte[] shuffled, int elementSize)
    {
        byte[] plain = new byte[shuffled.Length];
        int count = shuffled.Length / elementSize, rest = count * elementSize;
        for (int part = 0; part < elementSize; part++)
        {
            for (int i = 0; i < count; i++) plain[(i * elementSize) + part] = shuffled[(part * count) + i];
        }

        shuffled.AsSpan(rest).CopyTo(plain.AsSpan(rest));
        return plain;
    }

    private static byte[] Checked(byte[] stored)
    {
        if (stored.Length < 4) throw ArrayFileException.Damaged("an HDF5 chunk is too short for its checksum.");
        byte[] data = stored[..^4];
        uint sum1 = 0, sum2 = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            uint word = (uint)(data[i] << 8) | (i + 1 < data.Length ? data[i + 1] : 0u);
            sum1 = (sum1 + word) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }

        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(data.Length));
        // 0 and 65535 are the same modulo 65535, and writers leave either.
        bool isSame = (expected & 0xFFFF) % 65535 == sum1 && (expected >> 16) % 65535 == sum2;
        return isSame ? data
            : throw ArrayFileException.Damaged("the checksum of an HDF5 chunk is wrong: the file is damaged. Get it again.");
    }
}
