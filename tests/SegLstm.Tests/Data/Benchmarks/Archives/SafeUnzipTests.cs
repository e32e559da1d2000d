using System.Buffers.Binary;
using System.IO.Compression;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Benchmarks.Archives;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Data.Benchmarks.Archives;

public sealed class SafeUnzipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_archives_of_all_benchmarks_unpack_into_layouts_that_open()
    {
        string layouts = SharedSamples.Folder("layouts_torchgeo");
        foreach ((string folder, string name) in new[] { ("loveda", "loveda"), ("potsdam", "potsdam"), ("vaihingen", "vaihingen"),
            ("deepglobelandcover", "deepglobe") })
        {
            string target = Directory.CreateDirectory(_folder.File(name)).FullName;
            foreach (string zip in Directory.GetFiles(Path.Combine(layouts, folder), "*.zip")) SafeUnzip.Unpack(zip, target);
            var set = BenchmarkCatalog.Find(name).Open(target);
            Assert.NotEmpty(set.Items);
            foreach (var item in set.Items) Assert.NotNull(set.LoadArrays(item));
        }
    }

    [Fact]
    public void Unpacking_again_leaves_whole_files_and_replaces_others()
    {
        string zip = Zip(("a/one.txt", "one"), ("a/two.txt", "two"));
        Assert.Equal(2, SafeUnzip.Unpack(zip, Target));
        File.WriteAllText(Path.Combine(Target, "a/one.txt"), "eins");
        File.WriteAllText(Path.Combine(Target, "a/two.txt"), "TWO");
        Assert.Equal(2, SafeUnzip.Unpack(zip, Target));
        Assert.Equal("one", File.ReadAllText(Path.Combine(Target, "a/one.txt")));
        Assert.Equal("TWO", File.ReadAllText(Path.Combine(Target, "a/two.txt")));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("/tmp/evil.txt")]
    [InlineData("a\\..\\..\\evil.txt")]
    [InlineData("C:/evil.txt")]
    public void Nothing_is_written_outside_the_folder(string name)
    {
        string message = Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Zip(("good.txt", "good"), (name, "evil")), Target)).Message;
        Assert.Contains("would lie outside the folder", message);
        // Nothing at all: the check comes first.
        Assert.Empty(Directory.GetFileSystemEntries(Target));
    }

    [Fact]
    public void Links_and_names_that_come_twice_are_refused()
    {
        string zip = _folder.File("link.zip");
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            ZipArchiveEntry link = archive.CreateEntry("link");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var writer = new StreamWriter(link.Open());
            writer.Write("/etc/passwd");
        }

        Assert.Contains("'link' is a link", Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(zip, Target)).Message);
        Assert.Contains("twice", Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Zip(("a", "1"), ("A", "2")), Target)).Message);
    }

    [Fact]
    public void A_file_that_declares_more_than_packing_can_reach_is_refused_before_anything_is_written()
    {
        byte[] bytes = File.ReadAllBytes(Zip(("bomb", "x")));
        Declare(bytes, 3_000_000_000);
        Assert.Contains("more than packing can reach", Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Put(bytes), Target)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(Target));
    }

    [Fact]
    public void A_file_that_holds_more_than_it_declares_is_cut_off_there()
    {
        byte[] bytes = File.ReadAllBytes(Zip(("bomb", new string('x', 5_000_000))));
        Declare(bytes, 1000);
        Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Put(bytes), Target));
        Assert.DoesNotContain(Directory.GetFiles(Target), file => new FileInfo(file).Length > 1000);
    }

    [Fact]
    public void A_truncated_archive_is_told_as_such()
    {
        byte[] bytes = File.ReadAllBytes(Zip(("a.txt", string.Concat(Enumerable.Range(0, 5000)))));
        string message = Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Put(bytes[..(bytes.Length / 2)]), Target)).Message;
        Assert.Contains("truncated, damaged or no zip archive", message);
        Assert.Contains("compare its size and digest", message);
        // Damage within a file shows when it is unpacked, and leaves no half of it.
        for (int i = 200; i < 260; i++) bytes[i] ^= 0x55;
        Assert.Throws<ArchiveException>(() => SafeUnzip.Unpack(Put(bytes), Target));
        Assert.Empty(Directory.GetFileSystemEntries(Target));
    }

    public void Dispose() => _folder.Dispose();

    private string Target => Directory.CreateDirectory(_folder.File("target")).FullName;

    private string Put(byte[] bytes)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.zip");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Zip(params (string Name, string Text)[] files)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string text) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }

        return path;
    }

    // Writes another unpacked size into the central directory, which begins with PK\1\2 and has it at byte 24.
    private static void Declare(byte[] zip, uint size)
    {
        int at = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 24), size);
    }
}
