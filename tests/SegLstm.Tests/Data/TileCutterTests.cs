using FsCheck;
using FsCheck.Fluent;
using SegLstm.Data;

namespace SegLstm.Tests.Data;

public sealed class TileCutterTests
{
    private const int Ignore = 255;
    private static readonly BandStatistics Plain = new([0, 0], [1, 1]);

    /// <summary>Band 0 holds each pixel's number, band 1 the same negated; labels are the number modulo 5, a few ignored.</summary>
    private static SceneArrays Numbered(int height, int width)
    {
        int pixels = height * width;
        return new SceneArrays
        {
            Name = "numbered", Height = height, Width = width, BandNames = ["number", "negative"], Provenance = "test",
            Image = [.. Enumerable.Range(0, 2 * pixels).Select(i => i < pixels ? i + 1f : -(i - pixels + 1f))],
            Labels = [.. Enumerable.Range(0, pixels).Select(i => i % 11 == 3 ? (byte)Ignore : (byte)(i % 5))],
        };
    }

    private static readonly Gen<(SceneArrays Scene, SpatialBlocks Blocks, int Size, Split Split, bool Context)> Cases =
        from height in Gen.Choose(9, 60)
        from width in Gen.Choose(9, 60)
        from size in Gen.Choose(1, 70)
        from block in Gen.Choose(2, Math.Min(height, width) / 3)
        from seed in Gen.Choose(0, 99)
        from split in Gen.Elements(Enum.GetValues<Split>())
        from context in Gen.Elements(true, false)
        select (Numbered(height, width), SpatialBlocks.Random(height, width, block, block, 0.5, 0.25, 0.25, seed), size, split, context);

    [Fact]
    public void The_grid_shows_each_labelled_pixel_of_the_split_exactly_once() => Check(c =>
    {
        var cutter = Cutter(c, 0);
        int[] shown = new int[c.Scene.Pixels];
        for (int i = 0; i < cutter.Count; i++)
            Count(cutter.Cut(i, 0), c.Size, shown);
        return Enumerable.Range(0, c.Scene.Pixels).All(p =>
            shown[p] == (c.Blocks[p / c.Scene.Width, p % c.Scene.Width] == c.Split && c.Scene.Labels![p] != Ignore ? 1 : 0));
    });

    [Fact]
    public void No_tile_shows_a_label_of_another_split_nor_without_leave_a_pixel() => Check(c =>
    {
        foreach (var cutter in new[] { Cutter(c, 0), Cutter(c, 6) })
        {
            for (int i = 0; i < cutter.Count; i++)
            {
                var (image, label) = cutter.Cut(i, 1);
                for (int k = 0; k < c.Size * c.Size; k++)
                {
                    int pixel = (int)image[k] - 1;
                    bool mine = pixel >= 0 && c.Blocks[pixel / c.Scene.Width, pixel % c.Scene.Width] == c.Split;
                    if ((!mine && label[k] != Ignore) || (!mine && pixel >= 0 && !c.Context))
                        return false;
                }
            }
        }

        return true;
    });

    [Fact]
    public void Labels_turn_with_their_pixels() => Check(c =>
    {
        var cutter = Cutter(c, 6);
        for (int i = 0; i < cutter.Count; i++)
        {
            var (image, label) = cutter.Cut(i, 2);
            for (int k = 0; k < c.Size * c.Size; k++)
            {
                if (image[k] != -image[c.Size * c.Size + k] || (label[k] != Ignore && label[k] != c.Scene.Labels![(int)image[k] - 1]))
                    return false;
            }
        }

        return true;
    });

    [Fact]
    public void Every_random_crop_shows_a_label_where_all_pixels_have_one()
    {
        var scene = Numbered(50, 40) with { Labels = new byte[2000] };
        var cutter = new TileCutter(scene, SpatialBlocks.Checkerboard(50, 40, 10, 10), Split.Test, new TileOptions { Size = 12, RandomCrops = 100 }, Plain);
        for (int i = 0; i < 100; i++)
            Assert.Contains(0, cutter.Cut(i, 0).Label);
    }

    [Fact]
    public void An_item_depends_on_seed_epoch_and_index_only()
    {
        var blocks = SpatialBlocks.Checkerboard(50, 40, 10, 10);
        TileCutter Make(long seed) => new(Numbered(50, 40), blocks, Split.Train, new TileOptions { Size = 8, RandomCrops = 20, Seed = seed }, Plain);
        var (first, second) = (Make(1), Make(1));
        for (int i = 19; i >= 0; i--)
            second.Cut(i, 3);
        Assert.Equal(first.Cut(5, 2).Image, second.Cut(5, 2).Image);
        Assert.NotEqual(first.Cut(5, 2).Image, first.Cut(5, 3).Image);
        Assert.NotEqual(first.Cut(5, 2).Image, first.Cut(6, 2).Image);
        Assert.NotEqual(first.Cut(5, 2).Image, Make(2).Cut(5, 2).Image);
    }

    [Fact]
    public void Random_crops_come_in_all_eight_orientations()
    {
        var cutter = new TileCutter(
            Numbered(30, 30), SpatialBlocks.Whole(30, 30, Split.Train), Split.Train, new TileOptions { Size = 2, RandomCrops = 200 }, Plain);
        var kinds = Enumerable.Range(0, 200).Select(i => cutter.Cut(i, 0).Image).Select(t => (t[1] - t[0], t[2] - t[0])).Distinct();
        Assert.Equal(8, kinds.Count());
    }

    [Fact]
    public void Tiles_are_normalised_with_the_training_split_alone()
    {
        var scene = Numbered(40, 40);
        var blocks = SpatialBlocks.Checkerboard(40, 40, 10, 10);
        var statistics = BandStatistics.Of(scene, blocks, Split.Train);
        var cutter = new TileCutter(scene, blocks, Split.Train, new TileOptions { Size = 10 }, statistics);
        float[] seen = [.. Enumerable.Range(0, cutter.Count).SelectMany(i => cutter.Cut(i, 0).Image.Take(100))];
        Assert.Equal(800, seen.Length);
        Assert.Equal(0, seen.Average(v => (double)v), 5);
        Assert.Equal(1, Math.Sqrt(seen.Average(v => (double)v * v)), 5);
    }

    [Fact]
    public void Unknown_pixels_read_as_the_mean_and_do_not_move_it()
    {
        var scene = Numbered(20, 20);
        scene = scene with { Known = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0)] };
        var blocks = SpatialBlocks.Whole(20, 20, Split.Train);
        var statistics = BandStatistics.Of(scene, blocks, Split.Train);
        Assert.Equal(200, statistics.Mean[0]);
        var (image, _) = new TileCutter(scene, blocks, Split.Train, new TileOptions { Size = 20 }, statistics).Cut(0, 0);
        Assert.All(Enumerable.Range(0, 400).Where(i => i % 2 == 1), i => Assert.Equal(0, image[i]));
    }

    [Fact]
    public void What_cannot_be_cut_is_refused()
    {
        var scene = Numbered(20, 20);
        var blocks = SpatialBlocks.Whole(20, 20, Split.Train);
        var options = new TileOptions { Size = 8 };
        Assert.Throws<ArgumentException>(() => new TileCutter(scene with { Labels = null }, blocks, Split.Train, options, Plain));
        Assert.Throws<ArgumentException>(() => new TileCutter(scene, blocks, Split.Test, options, Plain));
        Assert.Throws<ArgumentException>(() => new TileCutter(scene, SpatialBlocks.Whole(20, 21, Split.Train), Split.Train, options, Plain));
        Assert.Throws<ArgumentException>(() => new TileCutter(scene, blocks, Split.Train, options, new BandStatistics([0], [1])));
        Assert.Throws<ArgumentException>(() => new TileCutter(scene, blocks, Split.Train, options with { Size = 0 }, Plain));
    }

    private static TileCutter Cutter((SceneArrays Scene, SpatialBlocks Blocks, int Size, Split Split, bool Context) c, int crops) =>
        new(c.Scene, c.Blocks, c.Split, new TileOptions { Size = c.Size, RandomCrops = crops, Context = c.Context }, Plain);

    private static void Count((float[] Image, long[] Label) tile, int size, int[] shown)
    {
        for (int k = 0; k < size * size; k++)
        {
            if (tile.Label[k] != Ignore)
                shown[(int)tile.Image[k] - 1]++;
        }
    }

    private static void Check(Func<(SceneArrays Scene, SpatialBlocks Blocks, int Size, Split Split, bool Context), bool> holds) =>
        Prop.ForAll(Cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
