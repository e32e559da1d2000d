using System.Buffers.Binary;
using System.Text;
using SegLstm.Checkpoints;
using SegLstm.Checkpoints.Pickle;
using SegLstm.Checkpoints.Pth;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>Good files of every kind, small, so that changes hit what matters.</summary>
internal static class SoakSeeds
{
    private const int Width = 37, Height = 29;

    /// <summary>What is fuzzed, with files made here and those that the user gave.</summary>
    /// <param name="folder">For files on their way.</param>
    /// <param name="given">Files of any of the kinds, told from their contents.</param>
    /// <exception cref="ArgumentException">A given file is of no kind that is read.</exception>
    public static IReadOnlyList<SoakTarget> Targets(string folder, IReadOnlyList<string> given)
    {
        using var scope = NewDisposeScope();
        var tensors = Tensors();
        Dictionary<string, List<byte[]>> made = new()
        {
            ["safetensors"] = [Written(folder, "a.safetensors", path =>
                SafeTensors.Save(path, tensors.Where(Fits), new Dictionary<string, string> { ["format"] = "pt" }))],
            ["pth, zip"] = [Written(folder, "a.pth", path => Checkpoint.Save(path, tensors))],
            ["pth, legacy"] = [Legacy(tensors)],
            ["tif"] = [Tiff(folder, 3), Tiff(folder, 1)],
            ["png"] =
            [
                WithText(Png.Encode(Planes(3), 3, Height, Width)),
                Png.Encode(Classes(), 1, Height, Width, [new(1, 2, 3), new(4, 5, 6)]),
            ],
            ["jpg"] = [Jpeg.Encode(Planes(3), 3, Height, Width)],
        };
        var files = made.ToDictionary(
            entry => entry.Key, entry => entry.Value.ConvertAll(bytes => new SoakSeed(bytes, isGiven: false)));
        foreach (var path in given)
        {
            var bytes = File.ReadAllBytes(path);
            files[KindOf(path, bytes)].Add(new SoakSeed(bytes, isGiven: true));
        }

        return
        [
            new SafeTensorsTarget(files["safetensors"]), new PthTarget("pth, zip", files["pth, zip"]),
            new PthTarget("pth, legacy", files["pth, legacy"]),
            new RasterTarget("tif", ".tif", files["tif"]), new RasterTarget("png", ".png", files["png"]),
            new RasterTarget("jpg", ".jpg", files["jpg"]),
        ];
    }

    private static Dictionary<string, Tensor> Tensors()
    {
        var shared = arange(24, dtype: ScalarType.Float32);
        return new()
        {
            ["patch_embed.proj.weight"] = shared.view(4, 6), ["turned"] = shared.view(4, 6).t(), ["part"] = shared[3..9],
            ["bias"] = ones(4),
            ["scalar"] = tensor(3L), ["none"] = zeros(0, 3), ["mask"] = ones(5, dtype: ScalarType.Bool),
            ["half"] = ones(3, dtype: ScalarType.BFloat16),
            ["bytes"] = ones(300, dtype: ScalarType.Byte), ["waves"] = ones(2, dtype: ScalarType.ComplexFloat32),
        };
    }

    private static bool Fits(KeyValuePair<string, Tensor> entry) => !entry.Value.is_complex();

    /// <summary>PyTorch's form before 1.6, which nothing here writes otherwise.</summary>
    private static byte[] Legacy(Dictionary<string, Tensor> tensors)
    {
        var memory = SharedMemory.Of([.. tensors.Values]);
        using var file = new MemoryStream();
        file.Write(Convert.FromHexString("80028A0A6CFC9C46F9206AA850192E80024DE9032E"));
        file.Write(Encoding.Latin1.GetBytes("\u0080\u0002}X\r\0\0\0little_endian\u0088s."));
        file.Write(PickleWriter.Write(tensors.Keys.Select((name, i) => (name, memory.Windows[i]))));
        file.Write(Encoding.Latin1.GetBytes(
            $"\u0080\u0002]({string.Concat(memory.Storages.Select((_, i) => $"X\u0001\0\0\0{i}"))}e."));
        Span<byte> count = stackalloc byte[8];
        foreach (var (_, elements) in memory.Storages)
        {
            using var flat = elements();
            BinaryPrimitives.WriteInt64LittleEndian(count, flat.numel());
            file.Write(count);
            file.Write(flat.bytes);
        }

        return file.ToArray();
    }

    private static byte[] Tiff(string folder, int bands) => Written(folder, "a.tif", path =>
    {
        using var writer = RasterWriter.Create(path, new RasterSpec { Width = Width, Height = Height, Bands = bands });
        writer.Write<byte>(Planes(bands), new Window(0, 0, Width, Height));
        writer.Commit();
    });

    private static byte[] Planes(int bands) =>
        [.. Enumerable.Range(0, bands * Width * Height).Select(i => (byte)((i * 7) + (i / Width * 3)))];

    private static byte[] Classes() => [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i / 5 % 2))];

    /// <summary>A PNG with a text chunk behind its header, which is read by other code than the picture.</summary>
    private static byte[] WithText(byte[] png)
    {
        const int HeaderEnd = 8 + 12 + 13;
        byte[] chunk = [0, 0, 0, 9, .. "tEXtTitle\0abc"u8, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(17), Crc32.Append(0, chunk.AsSpan(4, 13)));
        return [.. png[..HeaderEnd], .. chunk, .. png[HeaderEnd..]];
    }

    private static byte[] Written(string folder, string name, Action<string> write)
    {
        var path = Path.Combine(folder, name);
        write(path);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private static string KindOf(string path, byte[] bytes) => bytes switch
    {
        [(byte)'P', (byte)'K', ..] => "pth, zip",
        [0x80, ..] => "pth, legacy",
        [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..] => "tif",
        [0x89, (byte)'P', ..] => "png",
        [0xFF, 0xD8, ..] => "jpg",
        // A file that is broken already is told by its name.
        _ => Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".safetensors" => "safetensors",
            ".pth" or ".pt" => "pth, legacy",
            ".tif" or ".tiff" => "tif",
            ".png" => "png",
            ".jpg" or ".jpeg" => "jpg",
            _ => throw new ArgumentException(
                $"{path} is of no kind that is damaged here: expected .safetensors, .pth, .pt, .tif, .png or .jpg."),
        },
    };
}
