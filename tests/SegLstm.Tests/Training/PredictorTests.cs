using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class PredictorTests
{
    private const int Classes = 3;

    [Theory]
    [InlineData(37, 53, 16, 4)]
    [InlineData(64, 64, 16, 0)]
    [InlineData(16, 100, 16, 15)]
    [InlineData(5, 7, 16, 4)]
    public void A_constant_model_gives_a_constant_map_without_seams(int width, int height, int window, int overlap)
    {
        using var model = Pointwise(channels: 2, constant: true);
        using Tensor map = new Predictor(model, Classes, window, overlap).Predict(randn(2, height, width));
        Assert.Equal([Classes, height, width], map.shape);
        using Tensor first = map.narrow(1, 0, 1).narrow(2, 0, 1);
        Assert.True((map - first).abs().max().item<float>() <= 5e-7f);
    }

    [Theory]
    [InlineData(37, 53, 16, 4, 1)]
    [InlineData(37, 53, 16, 4, 5)]
    [InlineData(100, 9, 16, 8, 3)]
    [InlineData(3, 40, 16, 12, 2)]
    public void A_pointwise_model_gives_what_it_gives_on_the_whole_image(
        int width, int height, int window, int overlap, int batchSize)
    {
        using var model = Pointwise(channels: 2, constant: false);
        using Tensor image = randn(2, height, width);
        using Tensor map = new Predictor(model, Classes, window, overlap, batchSize).Predict(image);
        using Tensor whole = model.call(image.unsqueeze(0)).softmax(1).squeeze(0);
        Assert.True((map - whole).abs().max().item<float>() <= 1e-6f);
    }

    [Fact]
    public void Rows_come_once_each_from_top_to_bottom_and_reads_stay_inside()
    {
        const int Width = 50, Height = 71, Size = 16;
        using var model = Pointwise(channels: 1, constant: false);
        using Tensor image = randn(1, Height, Width);
        int next = 0;
        long windows = 0;
        var predictor = new Predictor(model, Classes, Size, 4);
        predictor.Predict(Width, Height,
            (x, y, w, h) =>
            {
                Assert.True(x >= 0 && y >= 0 && x + w <= Width && y + h <= Height);
                return image.narrow(1, y, h).narrow(2, x, w);
            },
            (top, rows) =>
            {
                Assert.Equal(next, top);
                Assert.True(rows.shape[1] is > 0 and <= Size);
                next += (int)rows.shape[1];
            },
            done => windows = done);
        Assert.Equal(Height, next);
        Assert.Equal(predictor.Windows(Width, Height).Count, windows);
    }

    [Fact]
    public void Probabilities_of_a_pixel_sum_to_one()
    {
        using var model = nn.Conv2d(1, Classes, 3, padding: 1);
        using Tensor map = new Predictor(model, Classes, 16, 6).Predict(randn(1, 40, 40));
        Assert.True((map.sum(0L) - 1).abs().max().item<float>() <= 1e-5f);
    }

    [Fact]
    public void A_model_whose_output_has_another_size_is_refused_with_both_shapes()
    {
        using var model = nn.Conv2d(1, Classes, 3);
        var error = Assert.Throws<InvalidOperationException>(
            () => new Predictor(model, Classes, 16, 4).Predict(randn(1, 20, 20)));
        Assert.Contains("14, 14", error.Message);
        Assert.Contains("16, 16", error.Message);
    }

    [Fact]
    public void A_cancelled_prediction_stops()
    {
        using var model = Pointwise(1, constant: true);
        using Tensor image = randn(1, 64, 64);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Predictor(model, Classes, 16, 0, 1).Predict(64, 64,
            (x, y, w, h) => image.narrow(1, y, h).narrow(2, x, w), (_, _) => { }, done => stop.Cancel(), stop.Token));
    }

    private static TorchSharp.Modules.Conv2d Pointwise(int channels, bool constant)
    {
        manual_seed(5);
        var model = nn.Conv2d(channels, Classes, 1);
        using var frozen = no_grad();
        if (constant) model.weight.zero_();
        return model;
    }
}
