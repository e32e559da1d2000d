using SegLstm.Data.Rasters;
using SegLstm.Tests.Checkpoints;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.FewShot;

/// <summary>Images and lists in the benchmarks' layouts.</summary>
internal sealed class FewShotFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string this[params string[] parts] => Path.Combine([_folder.Path, .. parts]);

    public void Text(string content, params string[] parts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[parts])!);
        File.WriteAllText(this[parts], content);
    }

    public void Bytes(byte[] content, params string[] parts)
    {
        Text("", parts);
        File.WriteAllBytes(this[parts], content);
    }

    /// <summary>A picture of bands x 8 x 12 pixels; GDAL tells formats by content, so a name may say otherwise.</summary>
    public void Picture(int bands, Func<int, int, byte> value, params string[] parts)
    {
        Text("", parts);
        using var scope = NewDisposeScope();
        byte[] values = [.. Enumerable.Range(0, bands * 96).Select(i => value(i % 96 / 12, i % 12))];
        RasterWriter.WriteGeoTiff(this[parts], new RasterSpec { Width = 12, Height = 8, Bands = bands },
            tensor(values, [bands, 8, 12]));
    }

    public void Dispose() => _folder.Dispose();
}
