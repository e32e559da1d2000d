using SegLstm.Data;
using SegLstm.Data.Augmentation;
using SegLstm.Data.Pictures;
using SegLstm.Tests.Data.Pictures;

namespace SegLstm.Tests.Data.Augmentation;

public class PhotometricDistortionTests
{
    [Fact]
    public void The_same_numbers_give_the_same_picture_and_one_in_sixteen_stays_as_it_is()
    {
        byte[] before = Patterns.Mixed(3, 9, 11).Samples;
        Assert.Equal(Distorted(before, 5), Distorted(before, 5));
        // Four changes, each every other time; a contrast is drawn once, before or after.
        int unchanged = Enumerable.Range(0, 800).Count(seed => Distorted(before, seed).AsSpan().SequenceEqual(before));
        Assert.InRange(unchanged, 25, 85);
    }

    [Fact]
    public void Grey_stays_grey_and_moves_by_brightness_and_contrast_only()
    {
        byte[] grey = [.. Enumerable.Repeat((byte)100, 3 * 4)];
        byte[][] all = [.. Enumerable.Range(0, 600).Select(seed => Distorted(grey, seed, 2))];
        Assert.All(all, samples => Assert.Single(samples.Distinct()));
        // At most (100 + 32) * 1.5, at least (100 - 32) * 0.5, cut to whole levels.
        Assert.All(all, samples => Assert.InRange(samples[0], 34, 198));
        Assert.True(all.Min(samples => samples[0]) < 50 && all.Max(samples => samples[0]) > 170);
    }

    [Fact]
    public void Results_are_cut_to_whole_levels_not_rounded()
    {
        // Of 1, factors below 2 leave 1 or cut it to 0, unless brightness comes first.
        byte[] one = [.. Enumerable.Repeat((byte)1, 3)];
        int[] seen = [.. Enumerable.Range(0, 400).Select(seed => (int)Distorted(one, seed, 1)[0])];
        Assert.Contains(0, seen);
        byte[] white = [.. Enumerable.Repeat((byte)255, 3)];
        Assert.Contains(255, Enumerable.Range(0, 100).Select(seed => (int)Distorted(white, seed, 1)[0]));
    }

    [Fact]
    public void Hue_turns_by_at_most_18_steps_and_saturation_changes_by_half_at_most()
    {
        Rgb color = Hsv.ToRgb(60, 120, 180);
        byte[] pixel = [color.R, color.G, color.B];
        var (hue, saturation, _) = Hsv.Of(color);
        List<(int Hue, int Saturation)> seen = [];
        for (int seed = 0; seed < 600; seed++)
        {
            byte[] changed = Distorted(pixel, seed, 1);
            var (h, s, v) = Hsv.Of(new Rgb(changed[0], changed[1], changed[2]));
            if (v is > 100 and < 250) seen.Add((h - hue, s));
        }

        // Levels of 8 bits tell hues of this colour apart to about a step.
        Assert.All(seen, one => Assert.InRange(one.Hue, -20, 19));
        Assert.True(seen.Min(one => one.Hue) < -15 && seen.Max(one => one.Hue) > 14);
        Assert.True(seen.Min(one => one.Saturation) < 0.6 * saturation && seen.Max(one => one.Saturation) > 1.4 * saturation);
    }

    [Fact]
    public void A_fourth_band_moves_with_brightness_and_contrast_only_and_pictures_of_one_band_have_no_hue()
    {
        byte[] four = [.. Patterns.Mixed(3, 8, 8).Samples, .. Enumerable.Repeat((byte)90, 64)];
        for (int seed = 0; seed < 50; seed++)
        {
            var image = new ByteImage([.. four], 4, 8, 8);
            PhotometricDistortion.Apply(image, [0, 1, 2], new Random(seed));
            Assert.Single(image.Band(3).ToArray().Distinct());
        }

        var single = new ByteImage([1, 2, 3, 4], 1, 2, 2);
        PhotometricDistortion.Apply(single, [0, 0, 0], new Random(1));
        Assert.Equal(4, single.Samples.Length);
    }

    private static byte[] Distorted(byte[] samples, int seed, int side = 0)
    {
        var image = side == 0 ? new ByteImage([.. samples], 3, 9, 11) : new ByteImage([.. samples], 3, side, samples.Length / 3 / side);
        PhotometricDistortion.Apply(image, [0, 1, 2], new Random(seed));
        return image.Samples;
    }
}
