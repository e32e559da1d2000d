using System.Diagnostics;
using TorchSharp;

namespace SegLstm.Bench.Operators;

/// <summary>What an operator call from C# costs beside libtorch's own cost of the same call.</summary>
internal static class OperatorOverhead
{
    private const int Calls = 200_000;
    private const int Rounds = 11;

    internal static void Run(TextWriter output)
    {
        torch.set_num_threads(1);
        using var a = torch.ones(1);
        using var b = torch.ones(1);
        var fromCSharp = new double[Rounds];
        var inLibtorch = new double[Rounds];
        NativeAddLoop.Run(Calls);
        Loop(a, b);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Loop(a, b);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
        for (int round = 0; round < Rounds; round++)
        {
            inLibtorch[round] = NativeAddLoop.Run(Calls) / Calls;
            long start = Stopwatch.GetTimestamp();
            Loop(a, b);
            fromCSharp[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
        }
        Array.Sort(fromCSharp);
        Array.Sort(inLibtorch);
        double ours = fromCSharp[Rounds / 2], theirs = inLibtorch[Rounds / 2];
        output.WriteLine($"1-element add, no gradient recorded, median of {Rounds} x {Calls} calls:");
        output.WriteLine($"  libtorch itself (C++)   {theirs,7:F0} ns");
        output.WriteLine($"  from C#                 {ours,7:F0} ns   {ours - theirs:F0} ns more (limit 1000)   {bytes:F0} managed bytes a call (limit 128)");
    }

    private static void Loop(torch.Tensor a, torch.Tensor b)
    {
        for (int call = 0; call < Calls; call++)
        {
            using torch.Tensor sum = a.add(b);
        }
    }
}
