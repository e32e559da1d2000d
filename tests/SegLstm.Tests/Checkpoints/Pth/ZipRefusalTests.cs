using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>What an archive around a good pickle may do wrong.</summary>
public class ZipRefusalTests
{
    private const uint Local = 0x04034b50, Record = 0x02014b50, End = 0x06054b50;

    private static readonly byte[] Four = PthBytes.Floats(1, 2, 3, 4);

    private static byte[] Good => PthBytes.Zip(PthBytes.OneTensor(), ("0", Four));

    private static byte[] Pickle => Encoding.Latin1.GetBytes(PthBytes.OneTensor());

    [Theory]
    [InlineData(Record, 8, 1, CheckpointError.UnsupportedZip)] // encrypted
    [InlineData(Record, 10, 12, CheckpointError.UnsupportedZip)] // bzip2
    [InlineData(Record, 10, 8, CheckpointError.BrokenZip)] // deflated, says the directory alone
    [InlineData(Record, 20, 17, CheckpointError.BrokenZip)]
    [InlineData(Record, 24, 17, CheckpointError.BrokenZip)]
    [InlineData(Record, 28, 200, CheckpointError.BrokenZip)]
    [InlineData(Record, 42, 1, CheckpointError.BrokenZip)]
    [InlineData(Record, 0, 0, CheckpointError.BrokenZip)]
    [InlineData(Local, 0, 0, CheckpointError.NotACheckpoint)]
    [InlineData(Local, 8, 8, CheckpointError.BrokenZip)]
    [InlineData(Local, 26, 9, CheckpointError.BrokenZip)]
    [InlineData(Local, 30, 'b', CheckpointError.BrokenZip)] // another name
    [InlineData(End, 0, 0, CheckpointError.Truncated)]
    [InlineData(End, 4, 1, CheckpointError.UnsupportedZip)]
    [InlineData(End, 12, 1, CheckpointError.BrokenZip)]
    [InlineData(End, 16, 0xFF, CheckpointError.BrokenZip)]
    [InlineData(End, 20, 1, CheckpointError.Truncated)]
    public void A_field_that_lies_is_refused(uint signature, int offset, byte value, CheckpointError expected)
    {
        var file = Good;
        file[Find(file, signature) + offset] = value;
        PthBytes.Refused(expected, file);
    }

    [Fact]
    public void Too_few_and_too_many_entries_are_refused()
    {
        var file = Good;
        var end = Find(file, End);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(end + 8), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(end + 10), 3);
        PthBytes.Refused(CheckpointError.BrokenZip, file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(end + 8), 60_000);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(end + 10), 60_000);
        PthBytes.Refused(CheckpointError.BrokenZip, file);
    }

    [Fact]
    public void A_wrong_checksum_is_refused_in_the_pickle_and_in_a_storage()
    {
        var file = Good;
        var second = Find(file, Record, Find(file, Record) + 1);
        file[second + 16] ^= 1;
        Assert.Contains("'a/data/0'", PthBytes.Refused(CheckpointError.Checksum, file).Message);
        file = Good;
        file[Find(file, Record) + 16] ^= 1;
        Assert.Contains("'a/data.pkl'", PthBytes.Refused(CheckpointError.Checksum, file).Message);
    }

    [Fact]
    public void Two_parts_of_one_name_or_on_the_same_bytes_are_refused()
    {
        PthBytes.Refused(CheckpointError.DuplicateName,
            PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", Four), ("a/data/0", Four)]));
        var file = PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", Four), ("a/data/1", Four)]);
        var second = Find(file, Record, Find(file, Record) + 1);
        var third = Find(file, Record, second + 1);
        file.AsSpan(second + 42, 4).CopyTo(file.AsSpan(third + 42));
        PthBytes.Refused(CheckpointError.BrokenZip, file);
    }

    [Fact]
    public void A_missing_part_or_one_of_another_size_is_refused()
    {
        Assert.Contains("'data/0'", PthBytes.Refused(CheckpointError.MissingEntry, PthBytes.Zip(PthBytes.OneTensor())).Message);
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Zip(PthBytes.OneTensor(), ("0", Four[..12])));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Zip(PthBytes.OneTensor(), ("0", [.. Four, .. Four])));
        PthBytes.Refused(CheckpointError.NotACheckpoint, PthBytes.Archive([("a/other", Four)]));
        PthBytes.Refused(CheckpointError.NotACheckpoint, PthBytes.Archive([("a/data.pkl", Pickle), ("b/data.pkl", Pickle)]));
        PthBytes.Refused(CheckpointError.NotACheckpoint, PthBytes.Archive([]));
        PthBytes.Refused(CheckpointError.MissingEntry, PthBytes.Zip(PthBytes.OneTensor(key: "../../../etc/passwd"), ("0", Four)));
    }

    [Fact]
    public void A_big_endian_file_and_a_later_version_are_refused()
    {
        var big = PthBytes.Archive([("a/data.pkl", Pickle), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", Four)]);
        Assert.Contains("'big'", PthBytes.Refused(CheckpointError.BigEndian, big).Message);
        PthBytes.Refused(CheckpointError.UnsupportedVersion,
            PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", Four), ("a/version", "11\n"u8.ToArray())]));
        PthBytes.Refused(CheckpointError.UnsupportedVersion,
            PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", Four), ("a/version", new byte[5000])]));
    }

    [Fact]
    public void A_compressed_file_is_read()
    {
        (string, byte[])[] parts = [("a/data.pkl", Pickle), ("a/data/0", Four)];
        Assert.Equal([1f, 2, 3, 4], PthBytes.Accepted(PthBytes.Archive(parts, CompressionLevel.Optimal)));
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bomb = PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", new byte[20 << 20])], CompressionLevel.Optimal);
        var made = GC.GetAllocatedBytesForCurrentThread();
        Assert.InRange(bomb.Length, 1, 100_000);
        PthBytes.Refused(CheckpointError.Expansion, bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - made, 0, 4 << 20);
        Assert.True(made > before);
    }

    [Fact]
    public void A_part_that_unpacks_to_another_length_is_refused()
    {
        var file = PthBytes.Archive([("a/data.pkl", Pickle), ("a/data/0", Four)], CompressionLevel.Optimal);
        file[Find(file, Record) + 24]++;
        PthBytes.Refused(CheckpointError.BrokenZip, file);
        file[Find(file, Record) + 24] -= 2;
        PthBytes.Refused(CheckpointError.Checksum, file);
    }

    [Fact]
    public void Booleans_other_than_0_and_1_are_refused() => PthBytes.Refused(
        CheckpointError.InvalidBoolean, PthBytes.Zip(PthBytes.OneTensor(storage: "BoolStorage"), ("0", [0, 1, 2, 0])));

    [Fact]
    public void A_storage_that_is_described_twice_differently_is_refused()
    {
        var one = PthBytes.OneTensor()[4..^2];
        var other = PthBytes.OneTensor(storage: "IntStorage")[4..^2].Replace("\0w", "\0v");
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Zip($"\u0080\u0002}}({one}{other}u.", ("0", Four)));
    }

    internal static int Find(byte[] file, uint signature, int from = 0)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, signature);
        return from + file.AsSpan(from).IndexOf(bytes);
    }
}
