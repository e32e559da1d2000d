using SegLstm.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Language;

public class MultiScaleEvaluationTests
{
    [Fact]
    public void Scores_of_a_network_that_looks_at_single_pixels_are_summed_over_scales_and_mirror_images()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = nn.Conv2d(3, 4, 1);
        var flat = full([1, 3, 30, 50], 0.3f);
        var evaluation = new MultiScaleEvaluation(network) { BaseSize = 40, CropSize = 24, Scales = [0.5, 1, 1.7] };
        Close.Within(evaluation.Scores(flat), network.call(flat) * 6, 1e-5, "three scales, twice each");
        Close.Within(new MultiScaleEvaluation(network) { BaseSize = 40, CropSize = 24, Scales = [1], Flip = false }.Scores(flat),
            network.call(flat), 1e-5, "one");
        Assert.Equal(16, evaluation.Stride);
    }

    [Fact]
    public void More_than_one_image_or_no_scale_is_refused()
    {
        using var network = nn.Conv2d(3, 4, 1);
        using var two = zeros(2, 3, 8, 8);
        using var one = zeros(1, 3, 8, 8);
        Assert.Throws<ArgumentException>(() => new MultiScaleEvaluation(network).Scores(two));
        Assert.Throws<ArgumentException>(() => new MultiScaleEvaluation(network) { Scales = [] }.Scores(one));
    }
}
