using System.Diagnostics;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints;

/// <summary>Structure-aware fuzzing: whole headers of likely and unlikely parts, then damage of bytes, lengths and ends.</summary>
public class SafeTensorsFuzzTests
{
    /// <summary>A longer run: SEGLSTM_FUZZ_INPUTS=10000000.</summary>
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("SEGLSTM_FUZZ_INPUTS"), out var inputs) ? inputs : 200_000;

    private static readonly string[] Names = ["\"t\"", "\"u\"", "\"\"", "\"__metadata__\"", "\"\\u0074\"", "\"\\ud800\"", "\"é\"", "\"a\\nb\"", "7"];
    private static readonly string[] DTypes = ["\"F32\"", "\"F32\"", "\"BF16\"", "\"U8\"", "\"I64\"", "\"F8_E4M3\"", "\"f32\"", "null", "\"\""];
    private static readonly string[] Numbers = ["0", "1", "2", "4", "8", "16", "-1", "-0", "1.0", "1e2", "4294967296", "9223372036854775807", "18446744073709551616", "null", "\"8\"", "[]", "{}"];
    private static readonly string[] Fields = ["\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"strides\""];

    [Fact]
    public void Damaged_headers_are_read_or_refused_and_never_crash_or_hang()
    {
        var random = new Random(20240613);
        var seen = new HashSet<SafeTensorsError>();
        var accepted = 0;
        var slowest = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Inputs; i++)
        {
            var file = Damage(random, SafeTensorsBytes.File(Header(random), random.Next(4) == 0 ? 8 : random.Next(40)));
            var watch = Stopwatch.GetTimestamp();
            try
            {
                // The length that the file claims to have is part of the input: a file may shrink between stat and map.
                var header = SafeTensorsHeader.Parse(file, file.Length, "fuzz");
                Assert.Equal(file.Length - header.DataStart, header.Tensors.Sum(tensor => tensor.ByteCount));
                accepted++;
            }
            catch (SafeTensorsException refusal)
            {
                seen.Add(refusal.Error);
            }

            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - watch);
        }

        Assert.True(accepted > Inputs / 1000, $"only {accepted} inputs were well-formed: the generator is too wild");
        Assert.True(seen.Count >= 25, $"only {seen.Count} kinds of refusal were reached: {string.Join(", ", seen)}");
        Assert.True(Stopwatch.GetElapsedTime(0, slowest) < TimeSpan.FromSeconds(5), "an input of a few hundred bytes took seconds");
        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / Inputs < 64 * 1024, "an input of a few hundred bytes made the reader allocate without bounds");
    }

    private static string Header(Random random)
    {
        var text = new StringBuilder("{");
        var tensors = random.Next(4);
        var offset = 0;
        for (var i = 0; i < tensors; i++)
        {
            text.Append(i == 0 ? "" : ",");
            if (random.Next(8) == 0)
            {
                text.Append("\"__metadata__\":{\"k\":").Append(random.Next(4) == 0 ? Pick(random, Numbers) : "\"v\"").Append('}');
            }
            else if (random.Next(3) > 0)
            {
                var size = 4 * random.Next(3);
                text.Append($"\"t{(random.Next(6) == 0 ? 0 : i)}\":{{\"dtype\":\"F32\",\"shape\":[{size / 4}],\"data_offsets\":[{offset},{offset + size}]}}");
                offset += size;
            }
            else
            {
                text.Append(Pick(random, Names)).Append(":{").Append(WildFields(random)).Append('}');
            }
        }

        return text.Append('}').Append(' ', random.Next(4)).ToString();
    }

    private static string WildFields(Random random) =>
        string.Join(',', Fields.Take(random.Next(8) == 0 ? 4 : 3).Select(field => random.Next(12) == 0 ? Pick(random, Fields) : field).Select(field => $"{field}:{WildValue(random, field)}"));

    private static string WildValue(Random random, string field) => (field, random.Next(10)) switch
    {
        (_, 0) => Pick(random, Numbers),
        ("\"dtype\"", _) => Pick(random, DTypes),
        ("\"shape\"", _) => $"[{string.Join(',', Enumerable.Range(0, random.Next(20) == 0 ? 70 : random.Next(4)).Select(_ => Pick(random, Numbers)))}]",
        _ => $"[{string.Join(',', Enumerable.Range(0, random.Next(5) == 0 ? random.Next(4) : 2).Select(_ => Pick(random, Numbers)))}]",
    };

    private static byte[] Damage(Random random, byte[] file)
    {
        switch (random.Next(12))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                return [.. file, .. new byte[random.Next(1, 20)]];
            case 2:
                file[random.Next(8)] = (byte)random.Next(256);
                return file;
            case 3:
                for (var n = random.Next(1, 5); n > 0; n--)
                {
                    file[random.Next(8, file.Length)] = (byte)random.Next(256);
                }

                return file;
            case 4:
                file[8] = (byte)random.Next(256);
                return file;
            default:
                return file;
        }
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
