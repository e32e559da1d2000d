using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Native;

public sealed class NativeHeapTests
{
    [Fact]
    public void Memory_that_tensors_give_back_is_there_for_the_next_ones()
    {
        const int rounds = 40;
        Use();
        var before = PageFaults();
        for (var round = 0; round < rounds; round++)
        {
            Use();
        }

        // Given back to the system, the twelve mebibytes of a round would come back in 3,072 pages. Some do: other tests share the
        // heap of this thread.
        Assert.InRange((PageFaults() - before) / rounds, 0, 1500);
    }

    [Fact]
    public void For_a_large_tensor_large_pages_are_asked_for()
    {
        if (!File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"))
        {
            Assert.Skip("this system has no large pages");
        }

        using var x = empty(16 << 20);
        var address = (long)Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(x.bytes));
        var isInside = false;
        var flags = "";
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Split(' ')[0].Split('-') is [var from, var to] && long.TryParse(from, NumberStyles.HexNumber, null, out var start))
            {
                isInside = start <= address + 8192 && address + 8192 < long.Parse(to, NumberStyles.HexNumber, null);
            }
            else if (isInside && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                flags = line;
            }
        }

        Assert.Contains(" hg", flags);
    }

    private static void Use()
    {
        using var scope = NewDisposeScope();
        for (var block = 0; block < 4; block++)
        {
            zeros(3 << 18);
        }
    }

    /// <summary>Pages that this thread has been given: field 10, and the name before it may hold spaces.</summary>
    private static long PageFaults()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[7], CultureInfo.InvariantCulture);
    }
}
