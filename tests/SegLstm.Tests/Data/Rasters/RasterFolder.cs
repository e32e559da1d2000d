using SegLstm.Data.Rasters;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Data.Rasters;

/// <summary>Gives each test a folder of its own and quick ways to put rasters into it.</summary>
public abstract class RasterFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected string At(string name) => _folder.File(name);

    protected string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    /// <summary>A GeoTIFF of noise, which Deflate cannot shrink.</summary>
    protected string Noise(string name, int width, int height, int bands = 1, int seed = 1)
    {
        byte[] values = new byte[width * height * bands];
        new Random(seed).NextBytes(values);
        return Put(name, new RasterSpec { Width = width, Height = height, Bands = bands }, values);
    }

    protected string Put<T>(string name, RasterSpec spec, T[] values)
        where T : unmanaged
    {
        using var writer = RasterWriter.Create(At(name), spec);
        writer.Write<T>(values, new Window(0, 0, spec.Width, spec.Height));
        writer.Commit();
        return At(name);
    }

    protected string Truncate(string path, double share)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string shorter = At("short" + Path.GetExtension(path));
        File.WriteAllBytes(shorter, bytes[..(int)(bytes.Length * share)]);
        return shorter;
    }

    protected static void Refused(RasterError error, Action act) => Assert.Equal(error, Assert.Throws<RasterException>(act).Error);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
