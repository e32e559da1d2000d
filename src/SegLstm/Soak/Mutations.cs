using System.Buffers.Binary;

namespace SegLstm.Soak;

/// <summary>Changes that fit files of any kind.</summary>
internal static class Mutations
{
    /// <summary>Numbers at which readers go wrong: signs, widths, and what lies beside them.</summary>
    public static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 63, 64, 65, 127, 128, 255, 256, 1023, 4096, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue,
        1L << 31, uint.MaxValue,
        1L << 32, 1L << 40, long.MaxValue / 8, long.MaxValue, -1, -2, -128, int.MinValue, long.MinValue,
    ];

    /// <summary>One of the numbers.</summary>
    public static long Number(Random random) => Numbers[random.Next(Numbers.Length)];

    /// <summary>A file with some bytes wrong, a part missing, or a part twice.</summary>
    public static byte[] OfBytes(byte[] file, Random random)
    {
        if (file.Length == 0)
        {
            return file;
        }

        var (from, to) = (random.Next(file.Length), random.Next(file.Length + 1));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        switch (random.Next(8))
        {
            case 0:
                return file[..to];
            case 1:
                return [.. file[..from], .. file[to..]];
            case 2:
                return [.. file[..to], .. file[from..]];
            default:
                var changed = file.ToArray();
                for (var n = random.Next(1, 6); n > 0; n--)
                {
                    // Headers come first, so half of the damage goes there.
                    var at = random.Next(random.Next(2) == 0 ? Math.Min(200, file.Length) : file.Length);
                    changed[at] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
                }

                return changed;
        }
    }

    /// <summary>Takes a token out, puts one in twice, or copies a run of them elsewhere.</summary>
    /// <param name="tokens">A file's tokens, at least one; changed in place.</param>
    /// <param name="at">The token that it is about.</param>
    /// <param name="random">Chooses what happens.</param>
    public static void OfOrder<T>(List<T> tokens, int at, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                break;
            default:
                var run = random.Next(1, Math.Min(20, tokens.Count - at) + 1);
                tokens.InsertRange(random.Next(tokens.Count), tokens.GetRange(at, run));
                break;
        }
    }

    /// <summary>Writes one of the numbers into a field.</summary>
    /// <param name="file">Changed in place.</param>
    /// <param name="at">The field's first byte.</param>
    /// <param name="size">Its bytes: 1, 2, 4 or 8.</param>
    /// <param name="isBigEndian">Its order.</param>
    /// <param name="random">Chooses the number.</param>
    public static void OfField(byte[] file, int at, int size, bool isBigEndian, Random random)
    {
        if (at < 0 || at + size > file.Length)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[8];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, Number(random));
            bytes[^size..].CopyTo(file.AsSpan(at));
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, Number(random));
            bytes[..size].CopyTo(file.AsSpan(at));
        }
    }
}
