using System.Buffers.Binary;
using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Soak;

/// <summary>A pickle as its instructions, each with its argument, which can be changed one by one.</summary>
internal static class PickleTokens
{
    /// <summary>Instructions that ask for what a checkpoint must not have, or for a lot of it.</summary>
    private static readonly byte[][] Hostile =
    [
        .. new[]
        {
            "cposix\nsystem\n", "c__builtin__\neval\n", "ctorch.storage\nUntypedStorage\n", "ctorch\nQInt8Storage\n",
            "cnumpy\ndtype\n",
            "cnumpy.core.multiarray\nscalar\n", "c_codecs\nencode\n", "ccollections\nOrderedDict\n", "ccollections\nCounter\n",
            "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "iposix\nsystem\n", "(", "]", "}",
            ")", "R", "b", "o", "Q", "2", "0",
            "1", "t", "u", "e", "s", "a", "l", "d", "N", ".", "h\0", "q\u00ff", "r\u00ff\u00ff\0\0", "j\u0001\0\0\0", "\u0081",
            "\u0093", "\u0094", "\u008f",
            "\u0090", "\u0088", "\u0095\u00ff\0\0\0\0\0\0\0", "\u008b\u00ff\u00ff\u00ff\u007f", "X\u00ff\u00ff\u00ff\u007f",
            "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
            "U\u0002f8", "G\u007f\u00f0\0\0\0\0\0\0", "I01\n", "L99999999999L\n", "F1e999\n", "V\\u00e9\n", "S'a'\n", "P0\n",
            "p1\n", "g1\n",
        }.Select(System.Text.Encoding.Latin1.GetBytes),
    ];

    /// <summary>Splits a pickle.</summary>
    /// <param name="bytes">A pickle, and perhaps more behind it.</param>
    /// <param name="length">How many bytes the pickle has.</param>
    public static List<byte[]> Split(ReadOnlySpan<byte> bytes, out int length)
    {
        var tokens = new List<byte[]>();
        length = 0;
        while (length < bytes.Length)
        {
            var rest = bytes[length..];
            var size = (int)Math.Clamp(Size(rest), 1, rest.Length);
            tokens.Add(rest[..size].ToArray());
            length += size;
            if (rest[0] == (byte)PickleOpcode.Stop)
            {
                break;
            }
        }

        return tokens;
    }

    /// <summary>Changes a few instructions.</summary>
    public static void Change(List<byte[]> tokens, Random random)
    {
        for (var n = random.Next(1, 5); n > 0 && tokens.Count > 0; n--)
        {
            var at = random.Next(tokens.Count);
            switch (random.Next(7))
            {
                case 0 or 1 or 2:
                    Mutations.OfOrder(tokens, at, random);
                    break;
                case 3:
                    tokens.Insert(at, Hostile[random.Next(Hostile.Length)]);
                    break;
                case 4:
                    tokens[at] = Hostile[random.Next(Hostile.Length)];
                    break;
                case 5:
                    tokens.InsertRange(at, Enumerable.Repeat(tokens[at], random.Next(2, 2000)));
                    break;
                default:
                    tokens[at] = Argument(tokens[at], random);
                    break;
            }
        }
    }

    /// <summary>The same instruction with another number, or with a byte of its text changed.</summary>
    private static byte[] Argument(byte[] token, Random random)
    {
        if (token.Length == 1)
        {
            return token;
        }

        // Numbers become longer ones, so that sizes beyond a byte are tried too.
        if ((PickleOpcode)token[0] is PickleOpcode.BinInt1 or PickleOpcode.BinInt2 or PickleOpcode.BinInt)
        {
            byte[] number = [(byte)PickleOpcode.Long1, 8, 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt64LittleEndian(number.AsSpan(2), Mutations.Number(random));
            return number;
        }

        var changed = token.ToArray();
        changed[random.Next(1, token.Length)] = (byte)random.Next(256);
        return changed;
    }

    private static long Size(ReadOnlySpan<byte> bytes) => (PickleOpcode)bytes[0] switch
    {
        PickleOpcode.BinInt1 or PickleOpcode.BinGet or PickleOpcode.BinPut or PickleOpcode.Proto or PickleOpcode.Ext1 => 2,
        PickleOpcode.BinInt2 or PickleOpcode.Ext2 => 3,
        PickleOpcode.BinInt or PickleOpcode.LongBinGet or PickleOpcode.LongBinPut or PickleOpcode.Ext4 => 5,
        PickleOpcode.BinFloat or PickleOpcode.Frame => 9,
        PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString or PickleOpcode.ShortBinBytes or PickleOpcode.Long1 =>
            bytes.Length < 2 ? 1 : 2 + bytes[1],
        PickleOpcode.BinUnicode or PickleOpcode.BinString or PickleOpcode.BinBytes or PickleOpcode.Long4 =>
            bytes.Length < 5 ? 1 : 5L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]),
        PickleOpcode.BinUnicode8 or PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 =>
            bytes.Length < 9 ? 1 : 9 + Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]), 0, int.MaxValue),
        PickleOpcode.Global or PickleOpcode.Inst => Lines(bytes, 2),
        PickleOpcode.Int or PickleOpcode.Long or PickleOpcode.Float or PickleOpcode.String or PickleOpcode.Unicode
            or PickleOpcode.PersId
            or PickleOpcode.Get or PickleOpcode.Put => Lines(bytes, 1),
        _ => 1,
    };

    private static int Lines(ReadOnlySpan<byte> bytes, int count)
    {
        var size = 1;
        for (; count > 0; count--)
        {
            var end = bytes[size..].IndexOf((byte)'\n');
            size = end < 0 ? bytes.Length : size + end + 1;
        }

        return size;
    }
}
