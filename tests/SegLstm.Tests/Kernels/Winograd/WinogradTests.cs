using SegLstm.Kernels;
using SegLstm.Kernels.Simd;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;
using Filtering = SegLstm.Kernels.Winograd.Winograd;

namespace SegLstm.Tests.Kernels.Winograd;

public sealed class WinogradTests
{
    [Theory]
    [InlineData(1, 64, 64, 16, 16)]
    [InlineData(2, 64, 80, 17, 19)]
    [InlineData(1, 112, 64, 1, 300)]
    [InlineData(1, 64, 96, 301, 1)]
    [InlineData(1, 80, 64, 3, 700)]
    [InlineData(3, 64, 64, 50, 33)]
    public void Every_vector_width_convolves(long batch, long inputs, long outputs, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = randn([batch, inputs, rows, columns], dtype: ScalarType.Float64);
        var weight = randn([outputs, inputs, 3, 3], dtype: ScalarType.Float64);
        var exact = nn.functional.conv2d(x, weight, padding: [1, 1]);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            Close.Within(Filtering.Forward(width, x, weight), exact, 1e-13, $"{width}, float64");
            var single = Filtering.Forward(width, x.to(ScalarType.Float32), weight.to(ScalarType.Float32));
            Close.Within(single, exact, 2e-6, $"{width}, float32");
        }
    }

    [Fact]
    public void Float32_is_at_most_a_few_roundings_further_off_than_the_direct_sum()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (x, weight) = (randn(1, 1024, 32, 32).relu(), randn(64, 1024, 3, 3));
        var exact = nn.functional.conv2d(x.to(ScalarType.Float64), weight.to(ScalarType.Float64), padding: [1, 1]);
        var direct = Close.Error(nn.functional.conv2d(x, weight, padding: [1, 1]), exact);
        var error = Close.Error(Filtering.Forward(x, weight), exact);
        Assert.True(error < 4 * direct, $"{error:e2}, directly {direct:e2}");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (randn(2, 64, 61, 47), randn(64, 64, 3, 3));
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = Filtering.Forward(x, weight);
            set_num_threads(4);
            Assert.True(Filtering.Forward(x, weight).equal(one).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_map_in_any_order_of_memory_is_read()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (randn(1, 20, 30, 64).permute(0, 3, 1, 2), randn(3, 3, 64, 64).permute(3, 2, 0, 1));
        Close.Within(Filtering.Forward(x, weight), nn.functional.conv2d(x, weight, padding: [1, 1]), 1e-5, "values");
    }

    [Fact]
    public void It_is_taken_where_it_gains_and_no_gradient_may_be_asked_for()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (x, weight) = (randn(1, 64, 16, 16), randn(64, 64, 3, 3));
        Assert.True(Filtering.Fits(x, weight));
        Assert.False(Filtering.Fits(x[TensorIndex.Colon, TensorIndex.Colon, ..15], weight));
        Assert.False(Filtering.Fits(randn(1, 40, 16, 16), randn(64, 40, 3, 3)));
        Assert.False(Filtering.Fits(x, randn(64, 64, 1, 1)));
        Assert.False(Filtering.Fits(x, weight.to(ScalarType.Float64)));
        using (ModelKernels.Use(KernelChoice.Reference))
        {
            Assert.False(Filtering.Fits(x, weight));
        }

        using var yes = enable_grad();
        Assert.False(Filtering.Fits(x, weight.requires_grad_()));
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(1, 1, 1)]
    public void A_convolution_of_a_decoder_gives_in_evaluation_what_it_gives_with_gradients(long side, long dilation, long groups)
    {
        using var scope = NewDisposeScope();
        using var brick = new ConvNormAct(64, 64, side, dilation, groups);
        brick.eval();
        var x = randn(2, 64, 20, 20);
        var recorded = brick.forward(x);
        Assert.True(recorded.requires_grad);
        using var no = no_grad();
        Close.Within(brick.forward(x), recorded, 1e-5, "values");
    }

    [Fact]
    public void In_training_mode_a_convolution_is_the_same_to_the_bit_with_gradients_and_without()
    {
        using var scope = NewDisposeScope();
        using var brick = new ConvNormAct(64, 64, 3);
        var x = randn(2, 64, 20, 20);
        var recorded = brick.forward(x);
        using var no = no_grad();
        Assert.True(brick.forward(x).equal(recorded).all().item<bool>());
    }
}
