using SegLstm.Data.Augmentation;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Pictures;
using SegLstm.Training;

namespace SegLstm.Tests.Data.Augmentation;

public class TrainingCropTests
{
    private const int Height = 60, Width = 90, Size = 32;

    [Fact]
    public void A_crop_is_that_of_the_whole_resized_image()
    {
        var image = Patterns.Mixed(3, Height, Width);
        for (int index = 0; index < 40; index++)
        {
            var crop = Draw(Stripes(), new AugmentationOptions { Flip = 0.5 }, index);
            var whole = new TrainingCrop(new ResizedSpan(Height, crop.Rows.Size, 0, crop.Rows.Size),
                new ResizedSpan(Width, crop.Columns.Size, 0, crop.Columns.Size), false);
            byte[] labels = whole.Labels(Of(Stripes()));
            ByteImage resized = LinearResize.Part(image, 0, 0, whole.Rows, whole.Columns);
            ByteImage part = crop.Picture(image.Crop(crop.Source));
            byte[] cropped = crop.Labels(Of(Stripes()));
            for (int y = 0; y < part.Height; y++)
            {
                for (int x = 0; x < part.Width; x++)
                {
                    int column = crop.Flipped ? part.Width - 1 - x : x,
                        at = (crop.Rows.First + y) * crop.Columns.Size + crop.Columns.First + column;
                    Assert.Equal(labels[at], cropped[y * part.Width + x]);
                    for (int band = 0; band < 3; band++) Assert.Equal(resized.Band(band)[at], part.Band(band)[y * part.Width + x]);
                }
            }
        }
    }

    // Where picture and labels show the same, they still do after any resize, crop and flip.
    [Fact]
    public void Labels_stay_on_their_pixels()
    {
        byte[] halves = [.. Enumerable.Range(0, Height * Width).Select(i => (byte)(i % Width < Width / 2 ? 0 : 1))];
        var picture = new ByteImage([.. halves.Select(half => (byte)(half * 200))], 1, Height, Width);
        for (int index = 0; index < 40; index++)
        {
            var crop = Draw(halves, new AugmentationOptions { CategoryLimit = 1 }, index);
            byte[] labels = crop.Labels(Of(halves));
            ByteImage part = crop.Picture(picture.Crop(crop.Source));
            // Bilinear and nearest sampling differ in the pixels beside the edge only.
            int differ = Enumerable.Range(0, labels.Length).Count(i => (part.Samples[i] > 100 ? 1 : 0) != labels[i]);
            Assert.InRange(differ, 0, 2 * part.Height);
        }
    }

    [Fact]
    public void Sizes_ratios_and_places_stay_within_their_bounds_and_fill_them()
    {
        var crops = Enumerable.Range(0, 400).Select(index => Draw(Stripes(), new AugmentationOptions { CategoryLimit = 1 }, index))
            .ToArray();
        double[] ratios = [.. crops.Select(crop => crop.Columns.Size / (double)Width)];
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.49, 2.01));
        Assert.True(ratios.Min() < 0.55 && ratios.Max() > 1.95);
        Assert.InRange(ratios.Average(), 1.18, 1.32);
        Assert.All(crops, crop => Assert.Equal((Math.Min(Size, crop.Rows.Size), Math.Min(Size, crop.Columns.Size)),
            (crop.Rows.Count, crop.Columns.Count)));
        Assert.All(crops, crop => Assert.InRange(crop.Rows.First, 0, crop.Rows.Size - crop.Rows.Count));
        Assert.All(crops, crop => Assert.True(crop.Source.IsWithin(Width, Height)));
        Assert.InRange(crops.Count(crop => crop.Flipped), 160, 240);
        Assert.Contains(crops, crop => crop.Rows.First == crop.Rows.Size - crop.Rows.Count && crop.Rows.First > 0);
    }

    // mmcv's imrescale: as large as both edges of the scale allow.
    [Theory]
    [InlineData(2048, 512, 1024, 1024, 1, 512, 512)]
    [InlineData(2048, 512, 1024, 1024, 2, 1024, 1024)]
    [InlineData(1024, 1024, 512, 512, 0.5, 512, 512)]
    [InlineData(512, 512, 2569, 1919, 1, 512, 382)]
    [InlineData(0, 0, 60, 90, 0.5, 30, 45)]
    public void Images_are_fitted_to_the_scale_with_their_shape_kept(int longEdge, int shortEdge, int height, int width, double ratio,
        int rows, int columns) =>
        Assert.Equal((rows, columns), new AugmentationOptions { LongEdge = longEdge, ShortEdge = shortEdge }.Scaled(height, width, ratio));

    [Fact]
    public void The_largest_class_stays_below_its_limit_where_some_crop_allows_it()
    {
        // One class but for a square in the middle: most crops show too little of it.
        byte[] labels = new byte[Height * Width];
        for (int i = 0; i < labels.Length; i++) labels[i] = (byte)(Math.Abs(i / Width - 30) < 14 && Math.Abs(i % Width - 45) < 14 ? 1 : 0);
        var options = AugmentationOptions.None with { CategoryLimit = 0.75 };
        int limited = Enumerable.Range(0, 200).Count(index => Share(Draw(labels, options, index)) < 0.75);
        int free = Enumerable.Range(0, 200).Count(index => Share(Draw(labels, AugmentationOptions.None, index)) < 0.75);
        Assert.True(limited > 190, $"{limited}");
        Assert.InRange(free, 20, 150);

        double Share(TrainingCrop crop)
        {
            byte[] part = crop.Labels(Of(labels));
            return part.GroupBy(label => label).Max(group => group.Count()) / (double)part.Length;
        }
    }

    // mmsegmentation tests ten crops; the eleventh is taken as it is.
    [Fact]
    public void Where_no_crop_keeps_the_limit_the_eleventh_is_taken()
    {
        byte[] one = new byte[Height * Width];
        var seeds = new SeedStreams(7);
        Random random = seeds.Draw("crop", 2, 5);
        (int Top, int Left) last = default;
        for (int i = 0; i < 11; i++) last = (random.Next(Height - Size + 1), random.Next(Width - Size + 1));
        var crop = TrainingCrop.Draw(Of(one), Size, AugmentationOptions.None with { CategoryLimit = 0.75 }, seeds, 2, 5);
        Assert.Equal(last, (crop.Rows.First, crop.Columns.First));
    }

    // Ignored pixels count neither as a class nor to the share.
    [Fact]
    public void Ignored_pixels_do_not_count()
    {
        byte[] labels = [.. Enumerable.Range(0, Height * Width).Select(i => (byte)(i % 10 == 0 ? i / 10 % 2 : 255))];
        var seeds = new SeedStreams(7);
        var crop = TrainingCrop.Draw(Of(labels), Size, AugmentationOptions.None with { CategoryLimit = 0.75 }, seeds, 0, 0);
        var first = TrainingCrop.Draw(Of(labels), Size, AugmentationOptions.None, seeds, 0, 0);
        Assert.Equal(first, crop);
    }

    [Fact]
    public void A_crop_depends_on_seed_pass_and_index_and_one_draw_does_not_move_another()
    {
        var options = new AugmentationOptions { CategoryLimit = 1 };
        TrainingCrop At(long seed, long epoch, long index, AugmentationOptions given) =>
            TrainingCrop.Draw(Of(Stripes()), Size, given, new SeedStreams(seed), epoch, index);
        Assert.Equal(At(1, 2, 3, options), At(1, 2, 3, options));
        Assert.Equal(4, new[] { At(1, 2, 3, options), At(2, 2, 3, options), At(1, 3, 3, options), At(1, 2, 4, options) }.Distinct()
            .Count());
        // Without flips, resize and place are what they were.
        Assert.Equal(At(1, 2, 3, options) with { Flipped = false }, At(1, 2, 3, options with { Flip = 0 }));
    }

    [Fact]
    public void Of_an_image_that_is_large_beside_the_crop_only_what_is_tried_is_read()
    {
        const int side = 1000;
        var image = new ByteImage(1, side, side);
        for (int index = 0; index < 40; index++)
        {
            var read = new List<Window>();
            var labels = new LabelWindows(side, side, window =>
            {
                read.Add(window);
                return image.Crop(window).Samples;
            });
            var crop = TrainingCrop.Draw(labels, Size, new AugmentationOptions(), new SeedStreams(3), 0, index);
            crop.Labels(labels);
            // Ten crops of one class, and the eleventh, which is taken; what lies in the window before is not read again.
            Assert.InRange(read.Count, 5, 11);
            int most = (int)Math.Ceiling(Size * (double)side / crop.Rows.Size) + 1;
            Assert.All(read, window => Assert.InRange(Math.Max(window.Width, window.Height), 1, most));
        }
    }

    [Fact]
    public void An_image_that_is_small_beside_the_crop_is_read_once()
    {
        int read = 0;
        var labels = new LabelWindows(Height, Width, window =>
        {
            read++;
            return new byte[window.Width * window.Height];
        });
        var options = new AugmentationOptions { LeastRatio = 0.6, GreatestRatio = 0.6 };
        TrainingCrop.Draw(labels, Size, options, new SeedStreams(3), 0, 0).Labels(labels);
        Assert.Equal(1, read);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_named()
    {
        string[] faults = [.. new AugmentationOptions { LongEdge = 5, ShortEdge = 9, LeastRatio = 0, CategoryLimit = 0,
            Flip = 2 }.Validate()];
        Assert.Equal(4, faults.Length);
        Assert.Empty(new AugmentationOptions().Validate());
        Assert.Empty(AugmentationOptions.None.Validate());
    }

    private static byte[] Stripes() => [.. Enumerable.Range(0, Height * Width).Select(i => (byte)((i % Width + i / Width) / 7 % 3))];

    private static LabelWindows Of(byte[] labels) =>
        new(Height, Width, window => new ByteImage(labels, 1, Height, Width).Crop(window).Samples);

    private static TrainingCrop Draw(byte[] labels, AugmentationOptions options, int index) =>
        TrainingCrop.Draw(Of(labels), Size, options, new SeedStreams(3), 0, index);
}
