namespace SegLstm.Benchmarks.Cases;

/// <summary>Time and memory against the number of tokens, from 1,024 to 65,536: that of an image of 4,096 pixels a side in
/// patches of 16.</summary>
internal static class ScalingCases
{
    private const long StateSize = 16;
    private const long HeadWidth = 96;
    private const long PatchSize = 16;

    // Squares: blocks see their tokens as an image.
    private static readonly long[] Sides = [32, 48, 64, 96, 128, 192, 256];

    // Whole models take seconds.
    private static readonly long[] FewSides = [32, 64, 128, 256];

    /// <summary>All cases, those of a curve one after the other.</summary>
    public static IEnumerable<BenchmarkCase> All() =>
    [
        .. Curve("selective_scan.scaling", Sides, side => ScanCases.Forward(side * side, StateSize)),
        .. Curve("mlstm.chunkwise.scaling", Sides, side => MlstmCases.Forward(side * side, HeadWidth)),
        .. Curve("vil.block.scaling", Sides, side => BlockCases.Vil(side).Forward),
        .. Curve("vim.block.scaling", Sides, side => BlockCases.Vim(side).Forward),
        .. Curve("vil2_tiny.features.scaling", FewSides, side => ModelCases.Features(PatchSize * side).Forward),
    ];

    private static IEnumerable<BenchmarkCase> Curve(string name, long[] sides, Func<long, BenchmarkCase> at) =>
        sides.Select(side =>
        {
            var one = at(side);
            return one with
            {
                Name = name,
                Unit = "token",
                Units = side * side,
                AlsoOnOneThread = false,
                WithMemory = true,
                // A quadratic reference would take minutes and gigabytes.
                Prepare = () => one.Prepare() with { Reference = null },
            };
        });
}
