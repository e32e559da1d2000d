using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Bench.Kernels;

/// <summary>What the selective scan takes for a token and channel, beside the reference on torch operators in the same run. One
/// thread; softplus, bias, skip and gate included.</summary>
internal static class SelectiveScanSpeed
{
    private const long Channels = 384;
    private const long Length = 1024;

    // Processor time, not the clock on the wall, and the least of several rounds: what else the machine does weighs little.
    private const int Rounds = 41;
    private const int ReferenceRounds = 5;

    private delegate Tensor Scan(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias, bool deltaSoftplus);

    internal static void Run(TextWriter output)
    {
        set_num_threads(1);
        output.WriteLine(
            $"selective scan, B 1, D {Channels}, L {Length}, one thread, ns a token and channel, least of {Rounds} rounds:");
        foreach (var states in new long[] { 1, 16, 64 })
        {
            var (forward, backward) = Measure(Forward, states, Rounds);
            var (slowForward, slowBackward) = Measure(ReferenceForward, states, ReferenceRounds);
            output.WriteLine(
                $"  N {states,3}   forward {forward,7:F2} ({slowForward / forward,6:F1} x faster than the reference)   "
                + $"backward {backward,7:F2} ({slowBackward / backward,6:F1} x)");
        }
    }

    private static Tensor Forward(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias, bool deltaSoftplus) =>
        SelectiveScan.Forward(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus);

    private static Tensor ReferenceForward(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias, bool deltaSoftplus) =>
        SelectiveScanReference.Forward(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus).Out;

    private static (double Forward, double Backward) Measure(Scan scan, long states, int rounds)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor Leaf(Tensor x) => x.requires_grad_();
        var u = Leaf(randn(1, Channels, Length));
        var delta = Leaf(randn(1, Channels, Length));
        var a = Leaf(-arange(1.0, states + 1, dtype: ScalarType.Float32).repeat(Channels, 1));
        var (b, c) = (Leaf(randn(1, states, Length)), Leaf(randn(1, states, Length)));
        var (d, z, bias) = (Leaf(randn(Channels)), Leaf(randn(1, Channels, Length)), Leaf(randn(Channels) - 3));
        var weight = randn(1, Channels, Length);
        Tensor[] leaves = [u, delta, a, b, c, d, z, bias];
        var (forward, backward) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            using var inner = NewDisposeScope();
            foreach (var leaf in leaves)
            {
                leaf.grad = null;
            }

            using (no_grad())
            {
                var start = Environment.CpuUsage.TotalTime;
                scan(u, delta, a, b, c, d, z, bias, true);
                forward = Math.Min(forward, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds);
            }

            var y = scan(u, delta, a, b, c, d, z, bias, true);
            var before = Environment.CpuUsage.TotalTime;
            y.backward([weight]);
            backward = Math.Min(backward, (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
        }

        var elements = Channels * Length;
        return (forward / elements, backward / elements);
    }
}
