using SegLstm.Data;
using SegLstm.Data.Synthetic;
using SegLstm.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data;

public sealed class LabelFractionTests : IDisposable
{
    private static readonly double[] Shares = [0.001, 0.01, 0.05, 0.1, 0.37, 1];

    private readonly Scene _scene = SyntheticScene.Generate(240, 240, SceneDomain.Urban, 3);
    private readonly SpatialBlocks _blocks = SpatialBlocks.Random(240, 240, 20, 20, 0.6, 0.2, 0.2, 1);

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(LabelFractionUnit.Pixel)]
    [InlineData(LabelFractionUnit.Block)]
    public void What_a_share_has_every_greater_share_has_too(LabelFractionUnit unit)
    {
        foreach (long seed in new[] { 0, 1, 2 })
        {
            byte[][] draws = [.. Shares.Select(share => new LabelFraction(share, unit, seed).Draw(_scene, _blocks).Labels)];
            foreach (var (less, more) in draws.Zip(draws.Skip(1)))
                Assert.All(less.Zip(more), pair => Assert.True(pair.First == 255 || pair.First == pair.Second));
        }
    }

    [Theory]
    [InlineData(LabelFractionUnit.Pixel)]
    [InlineData(LabelFractionUnit.Block)]
    public void No_class_of_the_split_is_left_out_however_small_the_share(LabelFractionUnit unit)
    {
        for (long seed = 0; seed < 10; seed++)
        {
            LabelDraw draw = new LabelFraction(1e-6, unit, seed).Draw(_scene, _blocks);
            Assert.All(draw.Classes, c => Assert.Equal(c.Available > 0, c.Drawn > 0));
        }
    }

    [Theory]
    [InlineData(LabelFractionUnit.Pixel)]
    [InlineData(LabelFractionUnit.Block)]
    public void Labels_are_the_scenes_own_and_only_of_the_split(LabelFractionUnit unit)
    {
        using var scope = NewDisposeScope();
        LabelDraw draw = new LabelFraction(0.3, unit, 5).Draw(_scene, _blocks, Split.Validation);
        long[] drawn = draw.ToTensor().flatten().data<long>().ToArray(), truth = _scene.Label!.flatten().data<long>().ToArray();
        for (int i = 0; i < drawn.Length; i++)
        {
            if (drawn[i] == 255) continue;
            Assert.Equal(truth[i], drawn[i]);
            Assert.Equal(Split.Validation, _blocks[i / 240, i % 240]);
        }
    }

    [Fact]
    public void By_pixel_each_class_keeps_its_share_scattered_over_the_blocks()
    {
        LabelDraw draw = new LabelFraction(0.05, LabelFractionUnit.Pixel).Draw(_scene, _blocks);
        Assert.All(draw.Classes.Where(c => c.Available > 0), c => Assert.Equal(Math.Max(1, (int)Math.Round(0.05 * c.Available)), c.Drawn));
        Assert.Equal(0.05, draw.Share, 1e-3);
        Assert.True(draw.BlocksDrawn > 0.95 * draw.BlocksAvailable);
    }

    [Fact]
    public void By_block_a_share_of_the_blocks_keeps_all_its_labels()
    {
        LabelDraw draw = new LabelFraction(0.25).Draw(_scene, _blocks);
        Assert.Equal((int)Math.Round(0.25 * draw.BlocksAvailable), draw.BlocksDrawn);
        byte[] truth = Array.ConvertAll(_scene.Label!.flatten().data<long>().ToArray(), v => (byte)v);
        foreach (var window in _blocks.Blocks(Split.Train))
        {
            bool[] kept = [.. Enumerable.Range(0, window.Width * window.Height)
                .Select(i => (window.Y + i / window.Width) * 240 + window.X + i % window.Width)
                .Where(pixel => truth[pixel] != 255).Select(pixel => draw.Labels[pixel] != 255)];
            Assert.True(kept.All(k => k) || !kept.Any(k => k));
        }
    }

    [Fact]
    public void A_seed_always_draws_the_same_and_another_seed_other_labels()
    {
        foreach (var unit in Enum.GetValues<LabelFractionUnit>())
        {
            byte[] Draw(long seed) => new LabelFraction(0.1, unit, seed).Draw(_scene, _blocks).Labels;
            Assert.Equal(Draw(4), Draw(4));
            Assert.NotEqual(Draw(4), Draw(5));
        }
    }

    [Fact]
    public void The_report_says_what_was_drawn_of_what()
    {
        using Scene stripes = Scenes.Stripes(24, 24);
        LabelDraw draw = new LabelFraction(0.5).Draw(stripes, SpatialBlocks.Checkerboard(24, 24, 6, 6));
        Assert.Equal(8, draw.BlocksAvailable);
        Assert.Equal(8 * 36, draw.Classes.Sum(c => c.Available));
        Assert.Equal(4 * 36, draw.Classes.Sum(c => c.Drawn));
        Assert.StartsWith("144 of 288 labelled pixels (50 %) in 4 of 8 blocks: low ", draw.ToString());
    }

    [Fact]
    public void Tiles_of_a_share_show_only_drawn_labels_and_crops_lie_around_them()
    {
        using var scope = NewDisposeScope();
        var fraction = new LabelFraction(0.002, LabelFractionUnit.Pixel, 1);
        HashSet<long> drawn = [.. fraction.Draw(_scene, _blocks).Labels.Select(v => (long)v)];
        using var crops = new TileDataset(_scene, _blocks, Split.Train, new TileOptions { Size = 16, RandomCrops = 40 }, labels: fraction);
        for (long i = 0; i < crops.Count; i++)
        {
            Tensor label = crops.GetTensor(i)["label"];
            Assert.InRange(label.ne(255).sum().item<long>(), 1, 12);
            Assert.Subset(drawn, label.flatten().data<long>().ToArray().ToHashSet());
        }

        using var grid = new TileDataset(_scene, _blocks, Split.Train, new TileOptions { Size = 16 }, labels: fraction);
        long shown = Enumerable.Range(0, (int)grid.Count).Sum(i => grid.GetTensor(i)["label"].ne(255).sum().item<long>());
        Assert.Equal(fraction.Draw(_scene, _blocks).Classes.Sum(c => c.Drawn), shown);
    }

    [Fact]
    public void Shares_and_scenes_that_make_no_sense_are_refused()
    {
        foreach (double share in new[] { 0, -1, 1.5, double.NaN })
            Assert.Contains("expected above 0 up to 1", Assert.Throws<ArgumentException>(() => new LabelFraction(share).Draw(_scene, _blocks)).Message);
        Assert.Contains("240x240", Assert.Throws<ArgumentException>(
            () => new LabelFraction(0.5).Draw(_scene, SpatialBlocks.Whole(3, 3, Split.Train))).Message);
        Assert.Contains("no labelled pixels", Assert.Throws<ArgumentException>(
            () => new LabelFraction(0.5).Draw(_scene, SpatialBlocks.Whole(240, 240, Split.Test))).Message);
    }
}
