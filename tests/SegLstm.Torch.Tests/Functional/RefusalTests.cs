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

    private static void Refused(string because, Func<Tensor> call) => Assert.Contains(because, Assert.Throws<ArgumentException>(call).Message);
}
#endif
