using SegLstm.Jupyter.Files;

namespace SegLstm.Jupyter.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Many_writers_of_one_file_leave_one_of_their_contents_and_nothing_else()
    {
        string path = Path.Combine(_folder, "a.json");
        Parallel.For(0, 64, writer => AtomicFile.Write(path, new string((char)('a' + writer % 26), 100_000)));
        string left = File.ReadAllText(path);
        Assert.Equal(new string(left[0], 100_000), left);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_failure_leaves_nothing_behind()
    {
        string path = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(Path.Combine(path, "sub"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, "text"));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }
}
