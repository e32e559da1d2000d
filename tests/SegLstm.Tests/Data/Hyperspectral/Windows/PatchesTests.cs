using SegLstm.Data.Hyperspectral.Windows;

namespace SegLstm.Tests.Data.Hyperspectral.Windows;

/// <summary>Windows are what one sees around a pixel, mirrored at the border.</summary>
public sealed class PatchesTests
{
    [Fact]
    public void A_window_inside_holds_its_neighbours_in_order()
    {
        var scene = HyperspectralSamples.Counted(6, 7, 2);
        float[] patch = new float[3 * 3 * 2];
        Patches.Copy(scene, [3 * 7 + 4], 3, patch);
        Assert.Equal(from row in new[] { 2, 3, 4 } from column in new[] { 3, 4, 5 } from band in new[] { 0, 1 }
            select (float)(10_000 * row + 100 * column + band), patch);
    }

    [Fact]
    public void The_border_mirrors_without_repeating_itself()
    {
        var scene = HyperspectralSamples.Counted(3, 4, 1);
        float[] patch = new float[25];
        Patches.Copy(scene, [0], 5, patch);
        int[] rows = [2, 1, 0, 1, 2], columns = [2, 1, 0, 1, 2];
        Assert.Equal(from row in rows from column in columns select (float)(10_000 * row + 100 * column), patch);
        Patches.Copy(scene, [2 * 4 + 3], 5, patch);
        rows = [0, 1, 2, 1, 0];
        columns = [1, 2, 3, 2, 1];
        Assert.Equal(from row in rows from column in columns select (float)(10_000 * row + 100 * column), patch);
    }

    [Fact]
    public void Windows_larger_than_the_scene_mirror_again()
    {
        var scene = HyperspectralSamples.Counted(2, 1, 1);
        float[] patch = new float[49];
        Patches.Copy(scene, [0], 7, patch);
        Assert.Equal([1, 0, 1, 0, 1, 0, 1], Enumerable.Range(0, 7).Select(row => (int)patch[row * 7] / 10_000));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var scene = HyperspectralSamples.Counted(2, 2, 1);
        Assert.Throws<ArgumentException>(() => Patches.Copy(scene, [0], 2, new float[4]));
        Assert.Throws<ArgumentException>(() => Patches.Copy(scene, [4], 1, new float[1]));
        Assert.Throws<ArgumentException>(() => Patches.Copy(scene, [0], 3, new float[8]));
    }
}
