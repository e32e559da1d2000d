using SegLstm.Data.Arrays;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Data.Arrays;

/// <summary>Gives each test a folder, and files of arrays in it.</summary>
public abstract class ArrayFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected string Root => _folder.Path;

    protected string At(string name) => _folder.File(name);

    protected string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    protected ArrayFile Open(byte[] bytes) => ArrayFile.Open(Put("file.mat", bytes));

    protected static ArrayFileException Refused(ArrayFileError error, Action act)
    {
        var refusal = Assert.Throws<ArrayFileException>(act);
        Assert.Equal(error, refusal.Error);
        return refusal;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
