using SegLstm.Data.Arrays;
using SegLstm.Tests.Data.Arrays.Hdf5;
using SegLstm.Tests.Data.Arrays.Matlab;

namespace SegLstm.Tests.Data.Arrays;

/// <summary>
/// Random damage to good files: each is read or refused with an ArrayFileException, without much memory. SEGLSTM_SOAK=1 hurts
/// each a hundred times as often.
/// </summary>
public sealed class ArrayFuzzTests : ArrayFolder
{
    private static readonly ArrayLimits Small = new() { MaxBytes = 16 << 20 };

    private static int Rounds => Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1" ? 30_000 : 200;

    public static TheoryData<string> Files => ["v4", "v5", "v5 packed", "v5 big-endian", "plain.h5", "many.h5", "latest.h5",
        "crowded.h5", "v73.mat"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Damaged_files_are_read_or_refused_in_little_memory(string kind)
    {
        byte[] good = Good(kind);
        var random = new Random(17);
        int refused = 0, read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string path = Put("hurt.mat", Hurt(good, random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var file = ArrayFile.Open(path, Small);
                foreach (var entry in file.Entries.Where(entry => entry.IsNumeric)) refused += IsRefused(file, entry) ? 1 : 0;
                read++;
            }
            catch (ArrayFileException)
            {
                refused++;
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < 128 << 20, $"round {round} took {taken:N0} bytes");
        }

        Assert.True(refused > Rounds / 20 && read > Rounds / 20,
            $"{refused} refused and {read} read of {Rounds}: the damage does not reach what is checked.");
    }

    private static bool IsRefused(ArrayFile file, ArrayEntry entry)
    {
        try
        {
            file.Read<float>(entry);
            return false;
        }
        catch (ArrayFileException)
        {
            return true;
        }
    }

    private static byte[] Hurt(byte[] good, Random random)
    {
        byte[] hurt = random.Next(6) == 0 ? good[..random.Next(1, good.Length)] : [.. good];
        for (int k = random.Next(1, 6); k > 0; k--)
        {
            // Structure comes first, so half of the damage goes there.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(2000, hurt.Length) : hurt.Length);
            hurt[at] = random.Next(4) switch { 0 => 0xFF, 1 => 0, 2 => (byte)(hurt[at] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256) };
        }

        return hurt;
    }

    private static byte[] Good(string kind)
    {
        if (kind.Contains('.')) return File.ReadAllBytes(Hdf5FileTests.Fixture(kind));
        var bytes = new MatBytes(kind == "v5 big-endian");
        if (kind == "v4")
            return bytes.AddV4("a", 0, 3, 5, new byte[120]).AddV4("b", 40, 2, 2, new byte[8])
                .AddV4("t", 51, 1, 4, new byte[4]).FileOfV4();
        bool isPacked = kind == "v5 packed";
        return bytes.Add("cube", [4, 5, 6], Enumerable.Range(0, 120).Select(i => (ushort)(i * 40503)).ToArray(), isPacked)
            .Add("labels", [4, 5], new byte[20], isPacked).Add<double>("x", [1, 3], [1, 2, 3], isPacked)
                .Add<byte>("text", [1, 2], [65, 66], isPacked, mxClass: 4).File();
    }
}
