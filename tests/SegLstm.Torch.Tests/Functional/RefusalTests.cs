#if !TORCHSHARP
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SegLstm.Tests.Torch.Functional;

public class RefusalTests
{
    private static readonly Tensor s_image = ones(1, 1, 4, 4);

    [Fact]
    public void Interpolation_wants_a_size_or_a_factor() => Refused("size or scale_factor", () => F.interpolate(s_image));

    [Fact]
    public void Interpolation_takes_no_size_and_factor() => Refused("size or scale_factor", () => F.interpolate(s_image, [2, 2], [0.5]));

    [Fact]
    public void A_mode_must_fit_the_dimensions() => Refused("2 spatial dimensions", () => F.interpolate(s_image, [2], mode: InterpolationMode.Linear));

    [Fact]
    public void Aligned_corners_have_no_meaning_for_the_nearest_pixel() => Refused("align_corners", () => F.interpolate(s_image, [2, 2], align_corners: true));

    [Fact]
    public void Antialiasing_is_for_bilinear_and_bicubic() => Refused("antialias", () => F.interpolate(s_image, [2, 2], antialias: true));

    [Fact]
    public void A_size_has_one_number_or_one_a_dimension() => Refused("one number or 2", () => F.interpolate(s_image, [2, 2, 2]));

    [Fact]
    public void Images_need_spatial_dimensions() => Refused("(1, 1)", () => F.interpolate(ones(1, 1), [2]));

    [Theory, InlineData(new long[] { 1, 3 }), InlineData(new long[] { 1, 3, 1 }), InlineData(new long[] { 1, 3, 1, 1 })]
    public void One_value_of_a_channel_has_no_variance_to_normalise_by(long[] shape)
    {
        using Tensor input = ones(shape), two = ones([2, .. shape[1..]]), mean = zeros(3), variance = ones(3);
        Refused($"({string.Join(", ", shape)}): take a batch of 2", () => F.batch_norm(input, mean, variance, training: true));
        foreach ((Tensor taken, bool training) in new[] { (input, false), (two, true) })
        {
            using Tensor normalised = F.batch_norm(taken, mean, variance, training: training);
            Assert.False(normalised.isnan().any().item<bool>());
        }
    }

    private static void Refused(string because, Func<Tensor> call) => Assert.Contains(because, Assert.Throws<ArgumentException>(call).Message);
}
#endif
