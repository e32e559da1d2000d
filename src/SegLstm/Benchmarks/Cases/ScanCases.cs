using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>The selective scan with all that Mamba models ask of it: softplus, step bias, skip and gate. Reference: the authors'
/// formula token by token on torch operators, <see cref="SelectiveScanReference"/>.</summary>
internal static class ScanCases
{
    private const string Family = "selective_scan";
    private const long Channels = 384;

    // The gradient of the reference holds a dozen tensors of all states: beyond this, gigabytes.
    private const long MostReferenceStates = 32 << 20;

    /// <summary>All cases.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick)
    {
        foreach (var states in quick ? new long[] { 16 } : [1, 16, 64])
        {
            foreach (var tokens in quick ? new long[] { 256 } : [1024, 4096])
            {
                yield return Forward(tokens, states);
                yield return Forward(tokens, states) with
                {
                    Name = $"{Family}.backward",
                    Work = ScanWork.Backward(Channels, tokens, states),
                    Prepare = () => Prepare(tokens, states, Contest.Backward),
                };
            }
        }
    }

    /// <summary>The forward pass.</summary>
    /// <param name="tokens">L.</param>
    /// <param name="states">N.</param>
    public static BenchmarkCase Forward(long tokens, long states) =>
        new(() => Prepare(tokens, states, (scan, _) => Contest.Forward(scan)))
        {
            Name = $"{Family}.forward",
            Shape = $"D {Channels}, N {states}, L {tokens}",
            Unit = "(token, channel)",
            Units = Channels * tokens,
            Work = ScanWork.Forward(Channels, tokens, states),
            AlsoOnOneThread = true,
        };

    private static Contest Prepare(
        long tokens, long states, Func<Func<Tensor>, IReadOnlyList<Tensor>, Func<Action>> round)
    {
        Tensor Leaf(Tensor x) => x.requires_grad_();
        Tensor Tokens() => Leaf(randn(1, Channels, tokens));
        var (u, delta, z) = (Tokens(), Tokens(), Tokens());
        var a = Leaf(-arange(1.0, states + 1, dtype: ScalarType.Float32).repeat(Channels, 1));
        var (b, c) = (Leaf(randn(1, states, tokens)), Leaf(randn(1, states, tokens)));
        // softplus(x - 3) is a step size of about 0.05: states last for many tokens.
        var (d, bias) = (Leaf(randn(Channels)), Leaf(randn(Channels) - 3));
        Tensor[] leaves = [u, delta, a, b, c, d, z, bias];
        return new Contest(
            round(() => SelectiveScan.Forward(u, delta, a, b, c, d, z, bias, true), leaves),
            Channels * tokens * states > MostReferenceStates ? null
                : round(() => SelectiveScanReference.Forward(u, delta, a, b, c, d, z, bias, true).Out, leaves));
    }
}
