using System.Buffers.Binary;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints;

/// <summary>Builds files byte by byte, right or wrong, and opens them as a user would.</summary>
internal static class SafeTensorsBytes
{
    public static byte[] File(string header, long dataBytes = 0) => Framed((ulong)Encoding.UTF8.GetByteCount(header), Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] Framed(ulong declaredLength, byte[] header, long dataBytes = 0)
    {
        var bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, declaredLength);
        header.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>A file with one tensor called t, whose description is <paramref name="fields"/>.</summary>
    public static byte[] OneTensor(string fields, long dataBytes = 0) => Tensors(dataBytes, ("t", fields));

    /// <summary>A file with tensors of these names and descriptions, neither of them checked or escaped.</summary>
    public static byte[] Tensors(long dataBytes, params (string Name, string Fields)[] tensors) =>
        File("{" + string.Join(',', tensors.Select(tensor => $"\"{tensor.Name}\":{{{tensor.Fields}}}")) + "}", dataBytes);

    public static void Refused(SafeTensorsError expected, byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("case.safetensors");
        System.IO.File.WriteAllBytes(path, file);
        var refusal = Assert.Throws<SafeTensorsException>(() => SafeTensors.Open(path));
        Assert.Equal(expected, refusal.Error);
        Assert.Contains(path, refusal.Message);
    }
}
