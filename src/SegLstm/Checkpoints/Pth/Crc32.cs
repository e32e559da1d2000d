using System.Buffers.Binary;

namespace SegLstm.Checkpoints.Pth;

/// <summary>The checksum of zip archives (polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private const int Slices = 8;

    private static readonly uint[][] Tables = Make();

    /// <summary>The checksum of bytes that follow those with another checksum.</summary>
    /// <param name="checksum">0 at first.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        while (bytes.Length >= Slices)
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
            bytes = bytes[Slices..];
        }

        foreach (var value in bytes)
        {
            crc = Tables[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] Make()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                var before = slice == 0 ? i : tables[slice - 1][i];
                if (slice == 0)
                {
                    for (var bit = 0; bit < 8; bit++)
                    {
                        before = (before & 1) != 0 ? 0xEDB88320 ^ (before >> 1) : before >> 1;
                    }

                    tables[0][i] = before;
                }
                else
                {
                    tables[slice][i] = tables[0][before & 0xFF] ^ (before >> 8);
                }
            }
        }

        return tables;
    }
}
