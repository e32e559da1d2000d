using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>Builds checkpoints byte by byte, right or wrong. Pickles are written as text whose letters are bytes.</summary>
internal static class PthBytes
{
    /// <summary>A dictionary with the tensor w: <paramref name="elements"/> floats of storage 0, seen through a window.</summary>
    public static string OneTensor(string window = "K\0K\u0004\u0085K\u0001\u0085", string elements = "K\u0004",
        string storage = "FloatStorage", string key = "0") =>
        $"\u0080\u0002}}(X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n("
        + $"({Text("storage")}ctorch\n{storage}\n{Text(key)}{Text("cpu")}{elements}tQ"
        + $"{window}\u0089ccollections\nOrderedDict\n)RtRu.";

    /// <summary>The opcode BINUNICODE with its text.</summary>
    public static string Text(string text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return $"X{Encoding.Latin1.GetString(length)}{text}";
    }

    /// <summary>A zip archive as torch writes it: the pickle, and storages by key.</summary>
    public static byte[] Zip(string pickle, params (string Key, byte[] Bytes)[] storages) =>
        Archive([("a/data.pkl", Encoding.Latin1.GetBytes(pickle)),
            .. storages.Select(storage => ($"a/data/{storage.Key}", storage.Bytes))]);

    /// <summary>A zip archive of any parts.</summary>
    public static byte[] Archive((string Name, byte[] Bytes)[] parts, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The older form: the pickle, its keys, and for each the number of elements and the bytes.</summary>
    public static byte[] Legacy(string pickle, string keys, byte[] storages, string littleEndian = "\u0088",
        string version = "M\u00e9\u0003") =>
    [
        .. Convert.FromHexString("80028A0A6CFC9C46F9206AA850192E"), .. Encoding.Latin1.GetBytes($"\u0080\u0002{version}."),
        .. Encoding.Latin1.GetBytes(
            $"\u0080\u0002}}({Text("protocol_version")}M\u00e9\u0003{Text("little_endian")}{littleEndian}u."),
        .. Encoding.Latin1.GetBytes(pickle), .. Encoding.Latin1.GetBytes(keys), .. storages,
    ];

    /// <summary>The refusal of a file with these bytes, which names the file.</summary>
    public static CheckpointException Refused(CheckpointError expected, byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("case.pth");
        File.WriteAllBytes(path, file);
        var refusal = Assert.Throws<CheckpointException>(() =>
        {
            foreach (var tensor in Checkpoint.Load(path).Values)
            {
                tensor.Dispose();
            }
        });
        Assert.True(expected == refusal.Error, $"expected {expected}: {refusal.Message}");
        Assert.Contains(path, refusal.Message);
        return refusal;
    }

    /// <summary>The tensor w of a file with these bytes.</summary>
    public static float[] Accepted(byte[] file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("case.pth"), file);
        using var tensor = Checkpoint.Load(folder.File("case.pth"))["w"];
        using var dense = tensor.contiguous();
        return dense.data<float>().ToArray();
    }

    /// <summary>The bytes of floats.</summary>
    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
