using SegLstm.Data;
using SegLstm.Data.Pictures;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Data.Pictures;

namespace SegLstm.Tests.Pretraining.Views;

public class ViewMakerTests
{
    private static readonly ViewOptions Small = new() { TileSize = 32, Size = 16 };

    private static readonly ViewOptions Moved = Small with { ColorProbability = 0, GrayProbability = 0, BlurProbability = 0 };

    [Fact]
    public void Flips_and_turns_move_a_corner_where_they_should()
    {
        var view = new View(new ByteImage([1, 2, 3, 4], 1, 2, 2), [0, 1, 2, 3]);
        Assert.Equal([2, 1, 4, 3], Laid(0, true));      // left to right
        Assert.Equal([3, 4, 1, 2], Laid(2, true));      // top to bottom
        Assert.Equal([4, 3, 2, 1], Laid(2, false));     // both
        Assert.Equal([3, 1, 4, 2], Laid(1, false));     // a quarter clockwise

        byte[] Laid(int turns, bool mirrored)
        {
            View laid = ViewMaker.Laid(view, new TileOrientation(turns, mirrored));
            Assert.Equal(laid.Image.Samples.Select(sample => sample - 1L), laid.Index);
            return laid.Image.Samples;
        }
    }

    [Fact]
    public void Orientations_come_as_often_as_their_probabilities_say()
    {
        const int draws = 40_000;
        var random = new Random(6);
        var maker = new ViewMaker(Small);
        var counts = new Dictionary<TileOrientation, double>();
        for (int i = 0; i < draws; i++)
        {
            TileOrientation drawn = maker.DrawOrientation(random);
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1.0 / draws;
        }

        // Mirrored by turns (0, 0), (0.2 at 0, 0.2 at 2), (0.2 at 2) or (0.4 at 0), then 0.2 stay and 0.8 get 0 to 3 more.
        foreach (bool mirrored in new[] { false, true })
        {
            double[] flips = mirrored ? [0.2, 0, 0.2, 0] : [0.4, 0, 0.2, 0];
            for (int turns = 0; turns < 4; turns++)
                Assert.Equal(0.2 * flips[turns] + 0.2 * flips.Sum(), counts[new(turns, mirrored)], 0.012);
        }
    }

    [Fact]
    public void Grey_and_colour_and_blur_come_as_often_as_their_probabilities_say()
    {
        const int draws = 1500;
        var plain = new ByteImage(3, 32, 32);
        (byte[] Color, int[] Seen) colors = ([200, 120, 40], new int[3]);
        for (int band = 0; band < 3; band++) plain.Band(band).Fill(colors.Color[band]);
        var mixed = Patterns.Mixed(3, 32, 32);
        ViewMaker maker = new(Small), sharp = new(Small with { BlurProbability = 0 });
        int grey = 0, shifted = 0, blurred = 0;
        for (int i = 0; i < draws; i++)
        {
            byte[] pixel = Corner(maker.Changed(plain, new Random(i)).Image);
            if (pixel[0] == pixel[1] && pixel[1] == pixel[2])
            {
                grey++;
                int band = Array.FindIndex(colors.Color, value => Math.Abs(value - pixel[0]) < 26);
                if (band >= 0) colors.Seen[band]++;
            }
            else if (!pixel.SequenceEqual(colors.Color))
            {
                shifted++;
            }

            // The same draws without the last step: blur.
            if (!maker.Changed(mixed, new Random(i)).Image.Samples.SequenceEqual(sharp.Changed(mixed, new Random(i)).Image.Samples)) blurred++;
        }

        Assert.Equal(0.1, grey / (double)draws, 0.025);
        Assert.All(colors.Seen, seen => Assert.True(seen > 0.15 * grey, $"{seen} of {grey} grey views are of one band"));
        Assert.Equal(0.9 * 0.8 * 0.5, shifted / (double)draws, 0.04);
        Assert.Equal(0.5, blurred / (double)draws, 0.04);
    }

    [Fact]
    public void Blurs_are_over_3_5_and_7_pixels_equally_often()
    {
        // A single bright column, seen whole: how far it spreads is the radius.
        var options = Moved with { BlurProbability = 1, FlipProbability = 0, TurnProbability = 0, Size = 32, MinArea = 1, MinAspect = 1, MaxAspect = 1 };
        var image = new ByteImage(1, 32, 32);
        for (int row = 0; row < 32; row++) image.Band(0)[row * 32 + 16] = 255;
        var counts = new int[4];
        for (int i = 0; i < 1500; i++)
            counts[(new ViewMaker(options).Changed(image, new Random(i)).Image.Samples.Take(32).Count(value => value > 0) - 1) / 2]++;
        Assert.Equal(0, counts[0]);
        Assert.All(counts[1..], count => Assert.InRange(count, 430, 570));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(10, true)]
    public void Brightness_contrast_and_noise_change_every_band_unless_there_are_three(int bands, bool changes)
    {
        var options = Moved with { ColorProbability = 1, HsvProbability = 0, NoiseProbability = 0.05 };
        var image = Patterns.Mixed(bands, 32, 32);
        View with = new ViewMaker(options).Changed(image, new Random(3)), without = new ViewMaker(Moved).Changed(image, new Random(3));
        for (int band = 0; band < bands; band++)
            Assert.Equal(changes, !with.Image.Band(band).SequenceEqual(without.Image.Band(band)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void The_index_says_where_each_pixel_is_from(int bands)
    {
        // Band 0 holds rows and band 1 columns. A pixel mixes its source and the next one, so that it lies within a pixel.
        var options = Moved with { TileSize = 256, Size = 224 };
        var tile = Patterns.Places(bands, 256);
        for (int i = 0; i < 6; i++)
        {
            foreach (View view in new[] { new ViewMaker(options).Cropped(tile, new Random(i)), new ViewMaker(options).Changed(tile, new Random(i)) })
            {
                for (int at = 0; at < view.Index.Length; at++)
                {
                    (long row, long column) = Math.DivRem(view.Index[at], 256);
                    Assert.InRange(view.Image.Band(0)[at] - row, -1, 1);
                    if (bands > 1) Assert.InRange(view.Image.Band(1)[at] - column, -1, 1);
                }
            }
        }
    }

    [Fact]
    public void Without_changes_of_size_the_index_rebuilds_the_view()
    {
        // Crops as large as the view are copied, so that the tile's samples at the index are the view, flips and turns and all.
        var options = Moved with { TileSize = 40, Size = 32, MinArea = 0.64, MaxArea = 0.64, MinAspect = 1, MaxAspect = 1 };
        var tile = Patterns.Mixed(4, 40, 40);
        for (int i = 0; i < 50; i++)
        {
            View view = new ViewMaker(options).Changed(tile, new Random(i));
            for (int band = 0; band < 4; band++)
                Assert.Equal(view.Index.Select(at => tile.Band(band)[(int)at]), view.Image.Band(band).ToArray());
        }
    }

    private static byte[] Corner(ByteImage image) => [.. Enumerable.Range(0, image.Bands).Select(band => image.Band(band)[0])];
}
