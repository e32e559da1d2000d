namespace TorchSharp.Utils;

/// <summary>Non-negative integers in seven bits a byte, the least significant first; the highest bit says that more follow.</summary>
internal static class Leb128
{
    internal static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value > 0x7f; value >>= 7) writer.Write((byte)(value & 0x7f | 0x80));
        writer.Write((byte)value);
    }

    internal static long Decode(this BinaryReader reader)
    {
        var result = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = reader.ReadByte();
            result |= (long)(next & 0x7f) << shift;
            if (next < 0x80) return result;
        }
        throw new InvalidDataException("A number in the file is longer than 63 bits: this is no saved tensor, or it is damaged.");
    }
}
