namespace SegLstm.Benchmarks.Cases;

/// <summary>Time against the number of tokens, from 1,024 to 65,536: that of an image of 4,096 pixels a side in patches of
/// 16.</summary>
internal static class ScalingCases
{
    private const long StateSize = 16;
    private const long HeadWidth = 96;

    // Squares: blocks see their tokens as an image.
    private static readonly long[] Sides = [32, 48, 64, 96, 128, 192, 256];

    /// <summary>All cases, those of a curve one after the other.</summary>
    public static IEnumerable<BenchmarkCase> All() =>
    [
        .. Curve("selective_scan.scaling", side => ScanCases.Forward(side * side, StateSize)),
        .. Curve("mlstm.chunkwise.scaling", side => MlstmCases.Forward(side * side, HeadWidth)),
        .. Curve("vil.block.scaling", side => BlockCases.Vil(side).Forward),
        .. Curve("vim.block.scaling", side => BlockCases.Vim(side).Forward),
    ];

    private static IEnumerable<BenchmarkCase> Curve(string name, Func<long, BenchmarkCase> at) => Sides.Select(side =>
    {
        var one = at(side);
        return one with
        {
            Name = name,
            Unit = "token",
            Units = side * side,
            AlsoOnOneThread = false,
            // A quadratic reference would take minutes and gigabytes.
            Prepare = () => one.Prepare() with { Reference = null },
        };
    });
}
