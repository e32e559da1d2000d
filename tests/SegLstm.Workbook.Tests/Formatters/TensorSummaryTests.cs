using System.Diagnostics;
using SegLstm.Workbook.Formatters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests.Formatters;

public class TensorSummaryTests
{
    private static string Text(Tensor tensor) => TensorSummary.Of(tensor).ToString();

    [Fact]
    public void Shape_type_device_and_spread_come_first_then_the_numbers()
    {
        using var scope = NewDisposeScope();
        Assert.StartsWith("Tensor shape (2, 2), dtype float32, device cpu, values 0 to 3, mean 1.5, std 1.291\n",
            Text(arange(4, ScalarType.Float32).reshape(2, 2)));
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_left_out_of_the_spread()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("values 1 to 3, mean 2, std 1.4142, NaN 2, infinite 1",
            Text(tensor(new[] { 1, float.NaN, float.NaN, float.NegativeInfinity, 3 })));
        Assert.Contains("none is finite, NaN 1", Text(tensor(new[] { double.NaN })));
    }

    [Fact]
    public void Gradients_truth_values_integers_and_complex_numbers_are_told()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("requires_grad true", Text(zeros(2).requires_grad_()));
        Assert.Contains("dtype bool, device cpu, true 75 %", Text(tensor(new[] { true, true, false, true })));
        Assert.Contains("dtype uint8, device cpu, values 0 to 255, mean 127.5", Text(tensor(new byte[] { 0, 255 })));
        Assert.Contains("dtype complex64, device cpu, magnitude 5 to 5",
            Text(complex(tensor(new[] { 3f }), tensor(new[] { 4f }))));
        Assert.Contains("dtype bfloat16", Text(ones(2, ScalarType.BFloat16)));
    }

    [Fact]
    public void Empty_single_and_disposed_tensors_have_a_text()
    {
        using var scope = NewDisposeScope();
        Tensor gone = zeros(1);
        gone.Dispose();

        Assert.Equal("Tensor shape (0, 3), dtype float32, device cpu, elements none", Text(zeros(0, 3)));
        Assert.Contains("shape () – a single number", Text(tensor(3.5)));
        Assert.Contains("values 3.5 to 3.5", Text(tensor(3.5)));
        Assert.Contains("disposed", Text(gone));
    }

    [Fact]
    public void Of_a_large_tensor_the_corner_is_printed()
    {
        using var scope = NewDisposeScope();
        // Not random: how wide a column is, and so how many lines there are, depends on the numbers.
        string text = Text(((arange(2 * 3 * 50 * 60) % 10) / 10).reshape(2, 3, 50, 60));

        Assert.EndsWith("… the first (1, 1, 6, 6) of (2, 3, 50, 60)", text);
        Assert.InRange(text.Split('\n').Length, 6, 12);
    }

    [Fact]
    public void A_huge_tensor_is_sampled_without_being_copied()
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();

        // 2^36 elements that are one in memory.
        string text = Text(ones(1, 1).expand(1 << 18, 1 << 18));

        Assert.Contains("values 1 to 1, mean 1, std 0, counted", text);
        Assert.Contains("of 68,719,476,736", text);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_summary_leaves_no_tensor_behind_but_what_printing_does()
    {
        using var scope = NewDisposeScope();
        using Tensor data = rand(10, 10);

        long printing = Left(() => _ = data.ToString()), showing = Left(() => _ = TensorHtml.Of(data));

        Assert.Equal(printing, showing);
    }

    private static long Left(Action action)
    {
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        action();
        return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
    }
}
