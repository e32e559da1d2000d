using System.IO.MemoryMappedFiles;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints;

public class AtomicFileTests
{
    [Fact]
    public void A_committed_file_holds_what_was_written_and_leaves_no_temporary()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.File("a.json"), "größer");
        Assert.Equal("größer", File.ReadAllText(folder.File("a.json")));
        Assert.Equal(["a.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_no_temporary()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.txt");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the new"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Until_the_commit_the_old_file_is_there_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("map.tif");
        File.WriteAllText(path, "old");
        using (var file = new AtomicFile(path))
        {
            File.WriteAllText(file.TemporaryPath, "new");
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(".tif", Path.GetExtension(file.TemporaryPath));
            Assert.Equal(folder.Path, Path.GetDirectoryName(file.TemporaryPath));
            file.Commit();
            Assert.Throws<InvalidOperationException>(file.Commit);
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Whoever_mapped_the_old_file_keeps_reading_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        File.WriteAllBytes(path, [.. Enumerable.Repeat((byte)1, 100_000)]);
        using var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        using var view = map.CreateViewAccessor();
        AtomicFile.Write(path, stream => stream.Write(stackalloc byte[3]));
        Assert.Equal(3, new FileInfo(path).Length);
        for (var i = 0; i < 100_000; i += 999)
        {
            Assert.Equal(1, view.ReadByte(i));
        }
    }

    [Fact]
    public void Permissions_of_the_old_file_are_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions");
        using var folder = new TemporaryFolder();
        var path = folder.File("secret.txt");
        File.WriteAllText(path, "old");
#pragma warning disable CA1416 // skipped on Windows above
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.WriteText(path, "new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
#pragma warning restore CA1416
    }

    [Fact]
    public void A_symbolic_link_stays_a_link_to_the_new_contents()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("run-7.txt"), "old");
        File.CreateSymbolicLink(folder.File("latest.txt"), folder.File("run-7.txt"));
        AtomicFile.WriteText(folder.File("latest.txt"), "new");
        Assert.Equal("new", File.ReadAllText(folder.File("run-7.txt")));
        Assert.NotNull(new FileInfo(folder.File("latest.txt")).LinkTarget);
    }

    [Fact]
    public void A_missing_folder_and_a_folder_as_target_are_named()
    {
        using var folder = new TemporaryFolder();
        var missing = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.WriteText(folder.File("no/such/a.txt"), ""));
        Assert.Contains(folder.File("no/such"), missing.Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.WriteText(folder.Path, "")).Message);
    }

    [Fact]
    public void Of_many_writers_at_once_one_wins_with_all_of_its_bytes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin");
        Parallel.For(1, 17, writer => AtomicFile.Write(path, stream => stream.Write([.. Enumerable.Repeat((byte)writer, 50_000)])));
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(50_000, bytes.Length);
        Assert.Single(bytes.Distinct());
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
