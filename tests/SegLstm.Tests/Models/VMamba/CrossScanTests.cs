using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VMamba;

public sealed class CrossScanTests
{
    public static TheoryData<ScanMode, long, long> Cases =>
    [
        .. from mode in Enum.GetValues<ScanMode>()
           from size in new (long, long)[] { (3, 5), (4, 2), (1, 6), (7, 1), (2, 2) }
           select (mode, size.Item1, size.Item2),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scan_and_merge_are_adjoint(ScanMode mode, long height, long width)
    {
        using var scope = NewDisposeScope();
        var x = randn([2, 3, height, width], dtype: ScalarType.Float64);
        var y = randn([2, 4, 3, height * width], dtype: ScalarType.Float64);
        var scanned = (CrossScan.Scan(x, mode) * y).sum();
        var merged = (x.flatten(2) * CrossScan.Merge(y, height, width, mode)).sum();
        Close.Within(scanned, merged, 1e-12, "inner product");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merging_what_was_scanned_gives_four_times_the_map(ScanMode mode, long height, long width)
    {
        using var scope = NewDisposeScope();
        var x = randn([2, 3, height, width], dtype: ScalarType.Float64);
        Close.Within(CrossScan.Merge(CrossScan.Scan(x, mode), height, width, mode), 4 * x.flatten(2), 1e-15, "sum of four maps");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_one_is_the_other(ScanMode mode, long height, long width)
    {
        using var scope = NewDisposeScope();
        var x = randn([1, 2, height, width], dtype: ScalarType.Float64, requires_grad: true);
        var y = randn([1, 4, 2, height * width], dtype: ScalarType.Float64);
        CrossScan.Scan(x, mode).backward([y]);
        Close.Within(x.grad!.flatten(2), CrossScan.Merge(y, height, width, mode), 1e-14, "gradient of the scan");
        y.requires_grad_(true);
        var map = randn([1, 2, height, width], dtype: ScalarType.Float64);
        CrossScan.Merge(y, height, width, mode).backward([map.flatten(2)]);
        Close.Within(y.grad!, CrossScan.Scan(map, mode), 1e-14, "gradient of the merge");
    }

    [Theory]
    [InlineData(ScanMode.Cross, "012345", "031425", "543210", "524130")]
    [InlineData(ScanMode.Unidirectional, "012345", "012345", "012345", "012345")]
    [InlineData(ScanMode.Bidirectional, "012345", "012345", "543210", "543210")]
    [InlineData(ScanMode.Rotating, "012345", "251403", "543210", "304152")]
    public void The_orders_are_those_of_the_paper(ScanMode mode, params string[] orders)
    {
        using var scope = NewDisposeScope();
        var scanned = CrossScan.Scan(arange(6, dtype: ScalarType.Float32).view(1, 1, 2, 3), mode);
        var read = Enumerable.Range(0, 4).Select(direction => string.Concat(scanned[0, direction, 0].data<float>().ToArray()));
        Assert.Equal(orders, read);
        var numbered = CrossScan.Orders(2, 3, mode);
        Assert.Equal(orders, Enumerable.Range(0, 4).Select(
            direction => string.Concat(Enumerable.Range(0, 6).Select(time => numbered[direction, time]))));
    }

    [Fact]
    public void Other_shapes_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("(B, C, H, W)", Assert.Throws<ArgumentException>(() => CrossScan.Scan(ones(2, 3, 4))).Message);
        Assert.Contains(
            "(B, 4, C, 12)", Assert.Throws<ArgumentException>(() => CrossScan.Merge(ones(1, 4, 2, 11), 3, 4)).Message);
        Assert.Contains("3 x 4", Assert.Throws<ArgumentException>(() => CrossScan.Merge(ones(1, 3, 2, 12), 3, 4)).Message);
    }
}
