using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SegLstm.Checkpoints;

namespace SegLstm.Soak;

/// <summary>safetensors: the header's JSON is changed token by token, the length in front of it kept right most of the time.</summary>
internal sealed partial class SafeTensorsTarget(IReadOnlyList<SoakSeed> seeds) : SoakTarget("safetensors", ".safetensors", seeds)
{
    private static readonly string[] Words =
    [
        "\"F32\"", "\"BF16\"", "\"U64\"", "\"F8_E4M3\"", "\"BOOL\"", "\"\"", "\"__metadata__\"", "\"\\ud800\"", "\"\\u0000\"", "\"é\"", "\"dtype\"",
        "\"shape\"", "\"data_offsets\"", "null", "true", "[]", "{}", "[[[[[[[[", "1e999", "-0", "1.0", "0x1", "18446744073709551616",
    ];

    public override bool Read(string path)
    {
        try
        {
            foreach (var tensor in Checkpoint.Load(path).Values)
            {
                tensor.Dispose();
            }

            return true;
        }
        catch (SafeTensorsException)
        {
            return false;
        }
    }

    protected override byte[] Change(byte[] seed, Random random)
    {
        const int Prefix = 8;
        if (seed.Length < Prefix || BinaryPrimitives.ReadInt64LittleEndian(seed) is var length && (length < 0 || length > seed.Length - Prefix))
        {
            return seed;
        }

        var tokens = Token().Matches(Encoding.UTF8.GetString(seed, Prefix, (int)length)).Select(token => token.Value).ToList();
        for (var n = random.Next(1, 5); n > 0 && tokens.Count > 0; n--)
        {
            ChangeToken(tokens, random.Next(tokens.Count), random);
        }

        var header = Encoding.UTF8.GetBytes(string.Concat(tokens));
        var data = seed.AsSpan(Prefix + (int)length);
        byte[] file = [0, 0, 0, 0, 0, 0, 0, 0, .. header, .. random.Next(8) == 0 ? data[..random.Next(data.Length + 1)] : data];
        BinaryPrimitives.WriteInt64LittleEndian(file, random.Next(20) == 0 ? Mutations.Number(random) : header.Length);
        return file;
    }

    private static void ChangeToken(List<string> tokens, int at, Random random)
    {
        switch (random.Next(6))
        {
            case 0 or 1 or 2:
                Mutations.OfOrder(tokens, at, random);
                break;
            case 3:
                tokens[at] = Words[random.Next(Words.Length)];
                break;
            default:
                // Most numbers and most strings of a header are ones that others depend on.
                tokens[at] = char.IsAsciiDigit(tokens[at][0]) ? Mutations.Number(random).ToString(CultureInfo.InvariantCulture)
                    : tokens[random.Next(tokens.Count)];
                break;
        }
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?[0-9.eE+]+|[\[\]{},:]|\s+|.
        """, RegexOptions.Singleline)]
    private static partial Regex Token();
}
