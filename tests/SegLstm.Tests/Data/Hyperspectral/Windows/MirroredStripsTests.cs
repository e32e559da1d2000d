using SegLstm.Data.Hyperspectral.Windows;

namespace SegLstm.Tests.Data.Hyperspectral.Windows;

/// <summary>Every window of a strip is the patch of its pixel, whatever the strips' heights and order.</summary>
public sealed class MirroredStripsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    [InlineData(5, 3)]
    [InlineData(9, 11)]
    public void Windows_of_strips_are_patches(int windowSize, int together)
    {
        var scene = HyperspectralSamples.Counted(11, 6, 3);
        var strips = new MirroredStrips(new SceneRows(scene), windowSize);
        foreach (int first in Enumerable.Range(0, 11).Where(row => row % together == 0).Concat([0, 5]))
        {
            int count = Math.Min(together, 11 - first);
            ReadOnlySpan<float> strip = strips.Read(first, count);
            for (int pixel = first * 6; pixel < (first + count) * 6; pixel++)
            {
                float[] patch = new float[windowSize * windowSize * 3];
                Patches.Copy(scene, [pixel], windowSize, patch);
                for (int row = 0; row < windowSize; row++)
                {
                    int at = ((pixel / 6 - first + row) * strips.StripWidth + pixel % 6) * 3;
                    Assert.Equal(patch.AsSpan(row * windowSize * 3, windowSize * 3), strip.Slice(at, windowSize * 3));
                }
            }
        }
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        var strips = new MirroredStrips(new SceneRows(HyperspectralSamples.Counted(4, 4, 1)), 3);
        Assert.Throws<ArgumentException>(() => strips.Read(3, 2));
        Assert.Throws<ArgumentException>(() => strips.Read(-1, 2));
    }
}
