using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class SlidingWindowsTests
{
    [Theory]
    [InlineData(349, 352, 64, 16)]
    [InlineData(64, 64, 64, 0)]
    [InlineData(65, 200, 64, 63)]
    [InlineData(1000, 7, 32, 8)]
    [InlineData(1, 1, 16, 4)]
    public void Windows_cover_every_pixel_and_stay_inside_where_they_fit(int width, int height, int size, int overlap)
    {
        var windows = new SlidingWindows(width, height, size, overlap);
        AssertCovers(windows.Columns, width, size, overlap);
        AssertCovers(windows.Rows, height, size, overlap);
        Assert.Equal((long)windows.Columns.Count * windows.Rows.Count, windows.Count);
    }

    private static void AssertCovers(IReadOnlyList<int> starts, int length, int size, int overlap)
    {
        Assert.Equal(0, starts[0]);
        Assert.True(starts[^1] + size >= length);
        for (int i = 1; i < starts.Count; i++)
        {
            Assert.True(starts[i] > starts[i - 1]);
            Assert.True(starts[i] <= starts[i - 1] + size - overlap);
        }

        if (length >= size) Assert.Equal(length - size, starts[^1]);
        else Assert.Single(starts);
    }

    [Fact]
    public void Weights_are_symmetric_positive_and_greatest_in_the_middle()
    {
        ReadOnlySpan<float> weights = new SlidingWindows(100, 100, 32, 8).Weights;
        for (int i = 0; i < 16; i++)
        {
            Assert.True(weights[i] > 0);
            Assert.Equal(weights[i], weights[31 - i], 1e-6f);
            if (i > 0) Assert.True(weights[i] >= weights[i - 1]);
        }
    }

    [Fact]
    public void Rows_are_final_up_to_the_next_row_of_windows()
    {
        var windows = new SlidingWindows(64, 150, 64, 16);
        Assert.Equal([0, 48, 86], windows.Rows);
        Assert.Equal(48, windows.FinalRowsAfter(0));
        Assert.Equal(86, windows.FinalRowsAfter(1));
        Assert.Equal(150, windows.FinalRowsAfter(2));
    }

    [Fact]
    public void An_overlap_as_large_as_the_window_is_refused_with_what_fits()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindows(100, 100, 32, 32));
        Assert.Contains("expected 0 to 31", error.Message);
    }
}
