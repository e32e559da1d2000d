using SegLstm.Data.Augmentation;
using SegLstm.Data.Pictures;
using SegLstm.Tests.Data.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Augmentation;

public sealed class ImageAugmentationTests
{
    private static readonly int[] Display = [0, 1, 2];

    [Theory]
    [InlineData(200, 300)]
    [InlineData(64, 64)]
    [InlineData(10, 400)]
    [InlineData(1, 1)]
    public void Crops_lie_in_the_picture_with_the_area_and_shape_that_are_allowed(int height, int width)
    {
        var options = new ImageAugmentation();
        var crops = Enumerable.Range(0, 400).Select(seed => options.Crop(height, width, new Random(seed))).ToArray();
        Assert.All(crops, crop =>
        {
            Assert.InRange(crop.X, 0, width - crop.Width);
            Assert.InRange(crop.Y, 0, height - crop.Height);
            // Sides are whole pixels: half of one more or less.
            double least = (crop.Width - 0.5) / (crop.Height + 0.5), most = (crop.Width + 0.5) / (crop.Height - 0.5);
            Assert.True(most >= 3 / 4.0 && least <= 4 / 3.0, $"{crop}");
        });
        if (height < 64) return;
        double[] shares = [.. crops.Select(crop => (double)crop.Width * crop.Height / (height * width))];
        Assert.InRange(shares.Min(), 0.07, 0.2);
        Assert.InRange(shares.Max(), 0.8, 1);
        // Even in area: of 0.08 to 1, less the large ones that fit in few shapes.
        Assert.InRange(shares.Average(), 0.35, 0.58);
    }

    [Fact]
    public void Bicubic_resizing_is_the_tensors_own_rounded_and_the_size_at_hand_changes_nothing()
    {
        ByteImage image = Patterns.Mixed(3, 19, 27);
        using var scope = NewDisposeScope();
        Tensor direct = nn.functional.interpolate(
            tensor(image.Samples, [1, 3, 19, 27]).to(ScalarType.Float64), [8, 40], mode: InterpolationMode.Bicubic,
            align_corners: false, antialias: true).round().clamp(0, 255);
        byte[] resized = BicubicResize.Of(image, 8, 40).Samples;
        double[] expected = direct.data<double>().ToArray();
        Assert.All(resized.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        Assert.Equal(image.Samples, BicubicResize.Of(image, 19, 27).Samples);
    }

    [Fact]
    public void Solarising_turns_bright_levels_and_grey_has_three_alike_bands()
    {
        ByteImage image = Patterns.Mixed(3, 9, 11), solarised = Copy(image), grey = Copy(image);
        ThreeAugment.Solarise(solarised);
        Assert.All(image.Samples.Zip(solarised.Samples), p => Assert.Equal(p.First < 128 ? p.First : 255 - p.First, p.Second));
        ThreeAugment.Grey(grey);
        for (int i = 0; i < image.Pixels; i++)
        {
            double luma = 0.299 * image.Band(0)[i] + 0.587 * image.Band(1)[i] + 0.114 * image.Band(2)[i];
            Assert.InRange(Math.Abs(grey.Band(0)[i] - luma), 0, 0.51);
            Assert.True(grey.Band(0)[i] == grey.Band(1)[i] && grey.Band(1)[i] == grey.Band(2)[i]);
        }
    }

    [Fact]
    public void The_blur_is_a_convolution_with_a_Gaussian_whose_edges_are_repeated()
    {
        const double sigma = 1.3;
        ByteImage image = Patterns.Mixed(3, 12, 15), blurred = Copy(image);
        ThreeAugment.Blur(blurred, sigma);
        using var scope = NewDisposeScope();
        const int reach = 4;
        Tensor at = arange(-reach, reach + 1, dtype: ScalarType.Float64), kernel = (-(at * at) / (2 * sigma * sigma)).exp();
        kernel = kernel / kernel.sum();
        Tensor padded = nn.functional.pad(tensor(image.Samples, [3, 1, 12, 15]).to(ScalarType.Float64), [reach, reach, reach, reach],
            PaddingModes.Replicate);
        Tensor expected = nn.functional.conv2d(padded, (kernel.unsqueeze(1) * kernel).view(1, 1, 9, 9)).round();
        Assert.All(blurred.Samples.Zip(expected.flatten().data<double>().ToArray()),
            pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
    }

    [Fact]
    public void Each_of_the_three_comes_about_as_often()
    {
        ByteImage image = Patterns.Mixed(3, 8, 8), solarised = Copy(image), grey = Copy(image);
        ThreeAugment.Solarise(solarised);
        ThreeAugment.Grey(grey);
        int[] counts = new int[3];
        for (int seed = 0; seed < 600; seed++)
        {
            ByteImage varied = Copy(image);
            ThreeAugment.Apply(varied, new Random(seed));
            counts[Same(varied, grey) ? 0 : Same(varied, solarised) ? 1 : 2]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 150, 250));
    }

    [Fact]
    public void Jitter_mixes_with_black_with_the_mean_and_with_grey_within_its_reach()
    {
        byte[] before = Patterns.Mixed(3, 7, 9).Samples;
        for (int seed = 0; seed < 60; seed++)
        {
            byte[] brighter = Jittered(before, new() { Brightness = 0.3 }, seed);
            Assert.All(before.Zip(brighter), pair => Assert.InRange(
                pair.Second, (int)(0.7 * pair.First) - 1, Math.Min(255, (int)(1.3 * pair.First) + 1)));
            byte[] grey = [.. Enumerable.Repeat((byte)90, before.Length)];
            Assert.All(Jittered(grey, new() { Saturation = 0.9 }, seed), sample => Assert.InRange((int)sample, 89, 90));
            Assert.All(Jittered(grey, new() { Contrast = 0.9 }, seed), sample => Assert.InRange((int)sample, 89, 90));
        }

        Assert.Equal(before, Jittered(before, new(), 1));
        Assert.Equal(Jittered(before, new() { Hue = 0.25, Contrast = 0.5 }, 3), Jittered(before, new() { Hue = 0.25, Contrast = 0.5 }, 3));
        Assert.NotEqual(before, Jittered(before, new() { Hue = 0.25 }, 3));
        Assert.Equal(2, new ColorJitter { Hue = 0.6, Brightness = -1 }.Validate().Count());
        var wrong = new ImageAugmentation { LeastArea = 0, GreatestAspect = 0.5, Flip = 2, Jitter = new() { Hue = 1 } };
        Assert.Equal(4, wrong.Validate().Count());
    }

    private static byte[] Jittered(byte[] samples, ColorJitter jitter, int seed)
    {
        var image = new ByteImage([.. samples], 3, 7, 9);
        jitter.Apply(image, Display, new Random(seed));
        return image.Samples;
    }

    private static bool Same(ByteImage one, ByteImage other) => one.Samples.AsSpan().SequenceEqual(other.Samples);

    private static ByteImage Copy(ByteImage image) => image with { Samples = [.. image.Samples] };
}
