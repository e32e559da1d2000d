using SegLstm.Benchmarks;
using static TorchSharp.torch;

namespace SegLstm.Tests.Benchmarks;

/// <summary>Ratios of one run, with wide margins: other work may share the machine.</summary>
public sealed class BenchmarkSuiteTests
{
    private static readonly BenchmarkOptions Quick = new() { Quick = true };

    [Fact]
    public void The_scan_is_ten_times_as_fast_as_the_reference_and_about_no_faster_than_its_bound()
    {
        var report = BenchmarkSuite.Run(Quick with { Wildcard = "selective_scan.*", Threads = 2 });
        Assert.Equal(
            ["selective_scan.forward 1", "selective_scan.forward 2", "selective_scan.backward 1", "selective_scan.backward 2"],
            report.Rows.Select(row => $"{row.Name} {row.Threads}"));
        Assert.All(report.Rows, row => Assert.True(row.RatioToReference >= (row.Name.EndsWith(".forward") ? 10 : 4), $"{row}"));
        Assert.All(report.Rows, row => Assert.InRange(row.PercentOfLimit, 0.1, 105));
        Assert.All(report.Rows, row => Assert.Equal(row.Threads > 1, row.RatioToOneThread > 0));
        Assert.All(report.Rows, row => Assert.True(row.FastestNs <= row.MedianNs && row.IqrNs >= 0 && row.Runs >= 3, $"{row}"));
        Assert.Equal([1, 2], report.Environment.Limits.Select(limits => limits.Threads));
        Assert.Null(report.Scaling);
    }

    [Fact]
    public void A_run_leaves_the_number_of_threads_as_it_was()
    {
        var before = get_num_threads();
        BenchmarkSuite.Run(Quick with { Wildcard = "vit.block.forward", Threads = before + 1 });
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void Stopping_keeps_the_rows_that_are_done_with_ratios_where_there_is_a_reference()
    {
        using var stop = new CancellationTokenSource();
        var report = BenchmarkSuite.Run(Quick with { Wildcard = "*.block.forward", Threads = 1 }, (done, _) =>
        {
            if (done == 1)
            {
                stop.Cancel();
            }
        }, stop.Token);
        Assert.Equal(["vil.block.forward", "vim.block.forward"], report.Rows.Select(row => row.Name));
        Assert.Equal([true, false], report.Rows.Select(row => row.RatioToReference is not null));
    }

    [Fact]
    public void Kernels_blocks_and_models_are_listed_with_their_sizes()
    {
        var all = BenchmarkSuite.List(new BenchmarkOptions()).Select(one => $"{one.Name} {one.Shape}").ToArray();
        foreach (var states in new[] { 1, 16, 64 })
        {
            Assert.Contains($"selective_scan.forward D 384, N {states}, L 1024", all);
            Assert.Contains($"selective_scan.backward D 384, N {states}, L 4096", all);
        }

        foreach (var width in new[] { 64, 96, 192 })
        {
            Assert.Contains($"mlstm.chunkwise.forward 4 x {width}, S 4096", all);
            Assert.Contains($"mlstm.chunkwise.backward 4 x {width}, S 1024", all);
        }

        Assert.Contains("vim.block.training D 192, S 1024", all);
        Assert.Contains("vil2_tiny.forward 1 x 3 x 224 x 224", all);
        Assert.Contains("vil2_tiny.features.training 1 x 3 x 512 x 512", all);
        Assert.Contains("seglstm_upernet.forward 1 x 3 x 512 x 512", all);
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(BenchmarkSuite.List(Quick), one => Assert.Contains(one.Name, all.Select(name => name.Split(' ')[0])));
    }

    [Fact]
    public void Curves_reach_from_1024_to_65536_tokens_and_are_there_when_asked_for()
    {
        Assert.Empty(BenchmarkSuite.List(new BenchmarkOptions { Wildcard = "*.scaling" }));
        var curves = BenchmarkSuite.List(new BenchmarkOptions { Wildcard = "*.SCALING", Scaling = true })
            .GroupBy(one => one.Name);
        Assert.Equal(5, curves.Count());
        Assert.Contains(curves, curve => curve.Last().Shape == "1 x 3 x 4096 x 4096");
        Assert.All(curves, curve => Assert.Equal((1024, 65536), (curve.First().Units, curve.Last().Units)));
    }

    [Fact]
    public void The_scan_of_65536_tokens_keeps_little_beside_its_result()
    {
        var report = BenchmarkSuite.Run(new BenchmarkOptions { Wildcard = "selective_scan.scaling", Scaling = true });
        Assert.All(report.Rows, row => Assert.InRange(row.MemoryBytes!.Value, 0.9 * Result(row), (1.5 * Result(row)) + 4e6));
        Assert.InRange(Assert.Single(report.Scaling!).MemoryExponent!.Value, 0.8, 1.05);

        static double Result(BenchmarkRow row) => sizeof(float) * 384 * row.MedianNs / row.NsPerUnit;
    }

    [Fact]
    public void What_cannot_be_run_is_refused()
    {
        Assert.Contains("got 'nothing'", Assert.Throws<ArgumentException>(
            () => BenchmarkSuite.Run(new BenchmarkOptions { Wildcard = "nothing" })).Message);
        Assert.ThrowsAny<ArgumentException>(() => BenchmarkSuite.Run(new BenchmarkOptions { Threads = 0 }));
    }
}
