using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SegLstm.Checkpoints.Pth;

/// <summary>
/// The central directory of a zip archive. Every size and place is checked against the file before anything is unpacked: parts
/// do not overlap, lie before the directory, have the names and methods of their own headers, and unpack to little more than
/// the file itself.
/// </summary>
/// <remarks>PKWARE's APPNOTE.TXT 6.3.9, sections 4.3.6 to 4.3.16, with zip64.</remarks>
internal sealed class ZipDirectory
{
    /// <summary>How many bytes all parts together may gain by unpacking.</summary>
    public const long MostExpansion = 12L << 20;

    private const int EndLength = 22, LocatorLength = 20, End64Length = 56, RecordLength = 46, HeaderLength = 30,
        MostComment = 65535;
    private const int EntryCost = 192;

    private readonly ByteSource source;
    private readonly Dictionary<string, ZipEntry> entries = new(StringComparer.Ordinal);

    private ZipDirectory(ByteSource source) => this.source = source;

    /// <summary>The parts by name.</summary>
    public IReadOnlyDictionary<string, ZipEntry> Entries => entries;

    /// <summary>Reads and checks the directory.</summary>
    /// <exception cref="CheckpointException">Any of the rules is broken.</exception>
    public static ZipDirectory Read(ByteSource source, MemoryBudget budget)
    {
        var directory = new ZipDirectory(source);
        var (at, length, count) = directory.FindEnd();
        directory.ReadRecords(at, length, count, budget);
        directory.CheckPlaces(at);
        return directory;
    }

    /// <summary>The unpacked bytes of a part; too few, too many or a wrong checksum are an error while they are read.</summary>
    public Stream Open(ZipEntry entry)
    {
        var packed = source.Open(entry.DataAt, entry.PackedLength);
        return new CheckedStream(entry.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed, entry);
    }

    /// <summary>Where the directory is, its length, and its number of entries.</summary>
    private (long At, long Length, long Count) FindEnd()
    {
        var reach = (int)Math.Min(source.Length, EndLength + MostComment);
        var tail = new byte[reach];
        source.Read(source.Length - reach, tail);
        var found = reach - EndLength;
        while (found >= 0 && !(UInt32(tail, found) == 0x06054b50 && found + EndLength + UInt16(tail, found + 20) == reach))
        {
            found--;
        }

        if (found < 0)
        {
            throw new CheckpointException(CheckpointError.Truncated,
                "it begins as a zip archive and has no directory at its end. It is cut off: copy or download it again.");
        }

        var endAt = source.Length - reach + found;
        var end = tail.AsSpan(found);
        if (UInt16(end, 4) != UInt16(end, 6) || UInt16(end, 8) != UInt16(end, 10))
        {
            throw Unsupported("lies on several disks");
        }

        (long At, long Length, long Count) place = (UInt32(end, 16), UInt32(end, 12), UInt16(end, 10));
        if (place.At == uint.MaxValue || place.Length == uint.MaxValue || place.Count == ushort.MaxValue)
        {
            (place, endAt) = FindEnd64(endAt, place);
        }

        if (place.At < 0 || place.Length < 0 || place.At > endAt - place.Length || place.Count < 0
            || place.Count > place.Length / RecordLength)
        {
            throw Broken($"has a directory of {place.Count} entries in {place.Length} bytes at {place.At}, which does not fit "
                + "the file");
        }

        return place;
    }

    private ((long At, long Length, long Count) Place, long EndAt) FindEnd64(long endAt, (long At, long Length, long Count) place)
    {
        if (endAt < LocatorLength)
        {
            return (place, endAt);
        }

        Span<byte> locator = stackalloc byte[LocatorLength];
        source.Read(endAt - LocatorLength, locator);
        if (UInt32(locator, 0) != 0x07064b50)
        {
            return (place, endAt);
        }

        var at = Int64(locator, 8);
        if (at < 0 || at > endAt - LocatorLength - End64Length)
        {
            throw Broken($"has its zip64 record at {at}, which is not in the file");
        }

        Span<byte> end = stackalloc byte[End64Length];
        source.Read(at, end);
        if (UInt32(end, 0) != 0x06064b50)
        {
            throw Broken($"has no zip64 record at {at}, where its locator says");
        }

        return ((Int64(end, 48), Int64(end, 40), Int64(end, 32)), at);
    }

    private void ReadRecords(long at, long length, long count, MemoryBudget budget)
    {
        var end = at + length;
        Span<byte> record = stackalloc byte[RecordLength];
        for (var i = 0L; i < count; i++)
        {
            if (RecordLength > end - at)
            {
                throw Broken($"has a directory that breaks off after {i} of {count} entries");
            }

            source.Read(at, record);
            var names = UInt16(record, 28);
            var extras = UInt16(record, 30);
            var whole = RecordLength + names + extras + UInt16(record, 32);
            if (UInt32(record, 0) != 0x02014b50 || whole > end - at)
            {
                throw Broken($"has no directory entry at byte {at}, where entry {i} is expected");
            }

            budget.Grant(whole);
            budget.Charge(EntryCost + (3 * (names + extras)));
            var rest = new byte[names + extras];
            source.Read(at + RecordLength, rest);
            Add(record, NameOf(rest.AsSpan(0, names)), rest.AsSpan(names));
            at += whole;
        }
    }

    private void Add(ReadOnlySpan<byte> record, string name, ReadOnlySpan<byte> extra)
    {
        var shown = Printable.Of(name);
        if ((UInt16(record, 8) & 0x2041) != 0)
        {
            throw Unsupported($"encrypts its part '{shown}'");
        }

        var method = UInt16(record, 10);
        if (method is not (0 or 8))
        {
            throw Unsupported($"compresses its part '{shown}' by method {method}");
        }

        long length = UInt32(record, 24), packed = UInt32(record, 20), at = UInt32(record, 42);
        ReadExtra(extra, ref length, ref packed, ref at);
        if (length < 0 || packed < 0 || at < 0 || (method == 0 && length != packed))
        {
            throw Broken($"gives its part '{shown}' {packed} bytes that unpack to {length}");
        }

        var entry = new ZipEntry(name, method == 8, UInt32(record, 16), packed, length, at);
        if (!entries.TryAdd(name, entry))
        {
            throw new CheckpointException(CheckpointError.DuplicateName, $"its part '{shown}' stands twice in the archive.");
        }
    }

    /// <summary>zip64: the fields that do not fit 32 bits, in this order.</summary>
    private static void ReadExtra(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long at)
    {
        while (extra.Length >= 4)
        {
            var size = UInt16(extra, 2);
            if (size > extra.Length - 4)
            {
                return;
            }

            var field = extra.Slice(4, size);
            if (UInt16(extra, 0) == 1)
            {
                Take(ref field, ref length);
                Take(ref field, ref packed);
                Take(ref field, ref at);
                return;
            }

            extra = extra[(4 + size)..];
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= 8)
            {
                value = Int64(field, 0);
                field = field[8..];
            }
        }
    }

    /// <summary>Reads all local headers; no two parts share a byte, and together they unpack to little more than the
    /// file.</summary>
    private void CheckPlaces(long directoryAt)
    {
        var gain = 0L;
        Span<byte> header = stackalloc byte[HeaderLength];
        var ordered = entries.Values.OrderBy(entry => entry.HeaderAt).ToArray();
        var free = 0L;
        foreach (var entry in ordered)
        {
            var shown = Printable.Of(entry.Name);
            if (entry.HeaderAt < free || entry.HeaderAt > directoryAt - HeaderLength)
            {
                throw Broken($"has its part '{shown}' at byte {entry.HeaderAt}, in another part or behind the directory");
            }

            source.Read(entry.HeaderAt, header);
            var names = UInt16(header, 26);
            entry.DataAt = entry.HeaderAt + HeaderLength + names + UInt16(header, 28);
            if (UInt32(header, 0) != 0x04034b50 || UInt16(header, 8) != (entry.IsDeflated ? 8 : 0)
                || entry.DataAt > directoryAt - entry.PackedLength || !HasName(entry, names))
            {
                throw Broken($"says otherwise of its part '{shown}' in the directory than at byte {entry.HeaderAt}");
            }

            free = entry.DataAt + entry.PackedLength;
            gain += Math.Max(0, entry.Length - entry.PackedLength);
            if (gain is < 0 or > MostExpansion)
            {
                throw new CheckpointException(CheckpointError.Expansion,
                    $"its {source.Length} bytes would unpack to more than {MostExpansion >> 20} MiB beyond that. torch does "
                        + "not compress its files: "
                    + "unpack it and zip it again without compression, where you trust it.");
            }
        }
    }

    private bool HasName(ZipEntry entry, int length)
    {
        var name = new byte[length];
        source.Read(entry.HeaderAt + HeaderLength, name);
        return NameOf(name) == entry.Name;
    }

    private static string NameOf(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static CheckpointException Broken(string what) =>
        new(CheckpointError.BrokenZip, $"its zip archive {what}. The file is damaged: copy or download it again.");

    private static CheckpointException Unsupported(string what) =>
        new(CheckpointError.UnsupportedZip, $"its zip archive {what}, which torch does not do: zip it again without that.");
}
