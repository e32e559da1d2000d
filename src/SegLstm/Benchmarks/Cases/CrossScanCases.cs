using SegLstm.Kernels.SelectiveScan;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>VMamba's four scans of a map, with softplus, step bias and skip: those of the first stage of VMamba-T and of Vanilla
/// VMamba-T at 224 pixels. Reference: the formula token by token, order by order, on torch operators,
/// <see cref="CrossSelectiveScanReference"/>.</summary>
internal static class CrossScanCases
{
    private const string Family = "cross_scan";
    private const long Channels = 192;

    /// <summary>All cases.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick)
    {
        var side = quick ? 14 : 56;
        foreach (var states in quick ? new long[] { 1 } : [1, 16])
        {
            var forward = new BenchmarkCase(() => Prepare(side, states, (scan, _) => Contest.Forward(scan)))
            {
                Name = $"{Family}.forward",
                Shape = $"D {Channels}, N {states}, {side} x {side}",
                Unit = "(token, channel, order)",
                Units = CrossScan.Directions * Channels * side * side,
                Work = ScanWork.CrossForward(CrossScan.Directions, Channels, side * side, states),
                AlsoOnOneThread = true,
            };
            yield return forward;
            yield return forward with
            {
                Name = $"{Family}.backward",
                Work = ScanWork.CrossBackward(CrossScan.Directions, Channels, side * side, states),
                Prepare = () => Prepare(side, states, Contest.Backward),
            };
        }
    }

    private static Contest Prepare(int side, long states, Func<Func<Tensor>, IReadOnlyList<Tensor>, Func<Action>> round)
    {
        Tensor Leaf(Tensor x) => x.requires_grad_();
        var (orders, tokens, rows) = (CrossScan.Orders(side, side), side * side, CrossScan.Directions * Channels);
        var (u, delta) = (Leaf(randn(1, tokens, Channels)), Leaf(randn(CrossScan.Directions, 1, tokens, Channels)));
        var a = Leaf(-arange(1.0, states + 1, dtype: ScalarType.Float32).repeat(rows, 1));
        var (b, c) = (Leaf(randn(1, tokens, CrossScan.Directions, states)), Leaf(randn(1, tokens, CrossScan.Directions, states)));
        // softplus(x - 3) is a step size of about 0.05: states last for many tokens.
        var (d, bias) = (Leaf(randn(rows)), Leaf(randn(rows) - 3));
        Tensor[] leaves = [u, delta, a, b, c, d, bias];
        return new Contest(
            round(() => CrossSelectiveScan.Forward(orders, u, delta, a, b, c, d, bias, true), leaves),
            round(() => CrossSelectiveScanReference.Forward(orders, u, delta, a, b, c, d, bias, true), leaves));
    }
}
