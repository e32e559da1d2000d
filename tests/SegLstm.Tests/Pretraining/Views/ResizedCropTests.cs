using SegLstm.Data.Rasters;
using SegLstm.Pretraining.Views;

namespace SegLstm.Tests.Pretraining.Views;

public class ResizedCropTests
{
    private const int Side = 256, Draws = 20_000;

    private static readonly Window[] Drawn = Draw();

    [Fact]
    public void Windows_lie_within_the_tile_and_never_begin_at_the_last_place() => Assert.All(Drawn, window =>
    {
        Assert.True(window.IsWithin(Side, Side), window.ToString());
        if (window is { Width: < Side, Height: < Side } && window.X != window.Y) Assert.True(window.X + window.Width < Side && window.Y + window.Height < Side);
    });

    [Fact]
    public void Areas_are_uniform_but_for_those_that_do_not_fit_and_sides_change_places()
    {
        double[] areas = [.. Drawn.Select(window => window.Width * window.Height / (double)(Side * Side))];
        Assert.InRange(areas.Min(), 0.39, 0.41);
        // Up to 0.75 every aspect fits; up to there areas are uniform: as many in the lower half as in the upper.
        int low = areas.Count(a => a < 0.575), high = areas.Count(a => a is >= 0.575 and < 0.75);
        Assert.InRange(low / (double)high, 0.95, 1.05);
        Assert.All(Drawn, window => Assert.InRange(window.Width / (double)window.Height, 0.74, 1.35));
        Assert.InRange(Drawn.Count(window => window.Width > window.Height) / (double)Draws, 0.48, 0.52);
    }

    [Fact]
    public void After_five_windows_that_do_not_fit_the_last_is_cut_to_the_tile_from_its_middle()
    {
        Assert.Equal(new Window(0, 0, 256, 230), ResizedCrop.Fallback(width: 280, height: 230, Side));
        Assert.Equal(new Window(8, 8, 240, 248), ResizedCrop.Fallback(width: 240, height: 270, Side));
        Assert.Equal(new Window(28, 28, 200, 228), ResizedCrop.Fallback(width: 200, height: 240, Side));
        // Whole areas never fit: every draw ends there.
        var whole = new ViewOptions { MinArea = 1, MaxArea = 1, MinAspect = 1, MaxAspect = 1 };
        Assert.Equal(new Window(0, 0, Side, Side), ResizedCrop.Draw(new Random(1), Side, whole));
    }

    private static Window[] Draw()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Draws).Select(_ => ResizedCrop.Draw(random, Side, new ViewOptions()))];
    }
}
