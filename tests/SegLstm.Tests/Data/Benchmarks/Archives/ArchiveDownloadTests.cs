using System.Security.Cryptography;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Benchmarks.Archives;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Data.Benchmarks.Archives;

public sealed class ArchiveDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(200_000);

    [Theory]
    [InlineData("md5")]
    [InlineData("sha256")]
    public async Task A_file_arrives_whole_and_is_not_loaded_twice(string kind)
    {
        using var server = new FileServer(_content);
        long last = 0;
        string path = await Download()
            .Get(Archive(server, kind), _folder.Path, (done, all) => (last, _) = (done, Assert.IsType<long>(all)));
        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(_content.Length, last);
        Assert.Equal(path, await Download().Get(Archive(server, kind), _folder.Path));
        Assert.Single(server.Ranges);
        Assert.Equal(["file.zip"], Names());
    }

    [Fact]
    public async Task A_line_that_is_cut_goes_on_where_it_ended()
    {
        using var server = new FileServer(_content) { CutAfter = [50_000, 70_000] };
        string path = await Download().Get(Archive(server), _folder.Path);
        Assert.Equal(_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(3, server.Ranges.Count);
        Assert.Equal("", server.Ranges[0]);
        Assert.Equal("bytes=120000-", server.Ranges[2]);
    }

    [Fact]
    public async Task A_later_call_goes_on_with_what_an_earlier_one_loaded()
    {
        await File.WriteAllBytesAsync(_folder.File("file.zip.part"), _content[..123_456]);
        using var server = new FileServer(_content);
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(server), _folder.Path)));
        Assert.Equal(["bytes=123456-"], server.Ranges);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_is_read_from_the_start()
    {
        await File.WriteAllBytesAsync(_folder.File("file.zip.part"), _content[..1000]);
        using var server = new FileServer(_content) { KnowsNoRanges = true, CutAfter = [5000] };
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(server), _folder.Path)));
        Assert.Equal(2, server.Ranges.Count);
    }

    [Fact]
    public async Task A_part_that_is_all_is_only_checked()
    {
        await File.WriteAllBytesAsync(_folder.File("file.zip.part"), _content);
        using var server = new FileServer(_content);
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(server), _folder.Path)));
        Assert.Equal(["bytes=200000-"], server.Ranges);
    }

    [Fact]
    public async Task A_part_that_is_more_than_all_is_thrown_away()
    {
        await File.WriteAllBytesAsync(_folder.File("file.zip.part"), [.. _content, 1, 2, 3]);
        using var server = new FileServer(_content);
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(server), _folder.Path)));
    }

    [Fact]
    public async Task Other_bytes_than_the_digest_says_are_refused_and_not_kept()
    {
        using var server = new FileServer(_content);
        BenchmarkArchive archive = Archive(server) with { Digest = "md5:" + new string('0', 32) };
        string message = (await Assert.ThrowsAsync<ArchiveException>(() => Download().Get(archive, _folder.Path))).Message;
        Assert.Contains("expected md5:0000", message);
        Assert.Contains($"got md5:{Convert.ToHexStringLower(MD5.HashData(_content))} of 200,000 bytes", message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_damaged_file_of_that_name_is_told_and_left()
    {
        await File.WriteAllBytesAsync(_folder.File("file.zip"), _content[..10]);
        using var server = new FileServer(_content);
        Assert.Contains("remove it and get it again",
            (await Assert.ThrowsAsync<ArchiveException>(() => Download().Get(Archive(server), _folder.Path))).Message);
        Assert.Equal(["file.zip"], Names());
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not()
    {
        using var busy = new FileServer(_content) { Refusals = ["503 Service Unavailable", "429 Too Many Requests"] };
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(busy), _folder.Path)));
        File.Delete(_folder.File("file.zip"));
        using var closed = new FileServer(_content) { Refusals = ["403 Forbidden"] };
        string message = (await Assert.ThrowsAsync<ArchiveException>(() => Download().Get(Archive(closed), _folder.Path))).Message;
        Assert.Contains("got 403 Forbidden", message);
        Assert.Contains("get the file there by hand", message);
        Assert.Single(closed.Ranges);
    }

    [Fact]
    public async Task A_line_that_brings_nothing_more_ends_with_where_to_go_on()
    {
        using var server = new FileServer(_content) { CutAfter = [30_000, 0, 0, 0, 0, 0, 0, 0] };
        string message = (await Assert.ThrowsAsync<ArchiveException>(() => Download().Get(Archive(server), _folder.Path))).Message;
        Assert.Contains("30,000 bytes are in", message);
        Assert.Contains("goes on with them", message);
        Assert.Equal(30_000, new FileInfo(_folder.File("file.zip.part")).Length);
        using var better = new FileServer(_content);
        Assert.Equal(_content, await File.ReadAllBytesAsync(await Download().Get(Archive(better), _folder.Path)));
        Assert.Equal(["bytes=30000-"], better.Ranges);
    }

    public void Dispose() => _folder.Dispose();

    private static ArchiveDownload Download() => new() { Pause = TimeSpan.FromMilliseconds(1) };

    private BenchmarkArchive Archive(FileServer server, string kind = "md5") => new("file.zip",
        kind == "md5" ? $"md5:{Convert.ToHexStringLower(MD5.HashData(_content))}"
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(_content))}", server.Url);

    private string[] Names() => [.. Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
