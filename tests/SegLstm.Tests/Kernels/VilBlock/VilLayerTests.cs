using SegLstm.Kernels;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.VilBlock;
using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.VilBlock;

public sealed class VilLayerTests
{
    private const Traversal Forwards = Traversal.RowwiseFromTopLeft;
    private const Traversal Backwards = Traversal.RowwiseFromBottomRight;

    [Theory]
    [InlineData(1, 1, 1, 4, Forwards)]
    [InlineData(2, 5, 7, 12, Backwards)]
    [InlineData(1, 14, 14, 48, Forwards)]
    [InlineData(3, 9, 10, 20, Backwards)]
    [InlineData(2, 4, 25, 32, Forwards)]
    public void Every_vector_width_gives_values_and_gradients_of_the_reference(
        long batch, long rows, long columns, long dim, Traversal direction)
    {
        AssertEqualsReference(ViLLayerConfig.V2(dim, direction), batch, rows, columns);
        AssertEqualsReference(ViLLayerConfig.V1(dim, direction), batch, rows, columns);
    }

    [Fact]
    public void Without_any_bias_and_with_another_width_it_gives_the_reference() => AssertEqualsReference(
        ViLLayerConfig.V2(8) with { ProjBias = false, NormBias = false, ConvBias = false, Expansion = 3 }, 2, 6, 9);

    [Fact]
    public void In_float32_values_and_gradients_are_those_of_its_parts_within_rounding()
    {
        using var scope = NewDisposeScope();
        var (layer, norm) = Layer(ViLLayerConfig.V2(24) with { ConvBias = true });
        var (grid, upstream) = (new TokenGrid(11, 18), randn(2, 11 * 18, 24));
        var x = randn(2, 11 * 18, 24).requires_grad_();
        var weights = layer.WeightsWith(norm.Parameters);
        Tensor[] leaves = [x, .. weights.All.OfType<Tensor>()];
        var parts = layer.PartByPart(x, norm, grid);
        var expected = autograd.grad([parts], leaves, [upstream]);
        var values = VilLayer.Forward(x, weights, layer.Reading(11 * 18, grid));
        Close.Within(values, parts, 1e-6, "values");
        foreach (var (got, wanted) in autograd.grad([values], leaves, [upstream]).Zip(expected))
        {
            Close.Within(got, wanted, 1e-4, "gradient");
        }
    }

    [Theory]
    [InlineData(2, 600)]
    [InlineData(5, 150)]
    [InlineData(7, 60)]
    public void The_number_of_threads_changes_no_bit(long batch, long tokens)
    {
        using var scope = NewDisposeScope();
        var (layer, norm) = Layer(ViLLayerConfig.V2(16));
        var (grid, x) = (new TokenGrid(tokens / 30, 30), randn(batch, tokens, 16).requires_grad_());
        var weights = layer.WeightsWith(norm.Parameters);
        var threads = get_num_threads();
        try
        {
            Tensor[] With(int count)
            {
                set_num_threads(count);
                var y = VilLayer.Forward(x, weights, layer.Reading(tokens, grid));
                return [y, .. autograd.grad([y], [x, .. weights.All.OfType<Tensor>()], [ones_like(y)])];
            }

            // Of four threads' batches of 5 and 7 some samples have a thread each, and the others are shared.
            var one = With(1);
            for (var run = 0; run < 3; run++)
            {
                Assert.All(With(4).Zip(one), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
                Assert.All(With(2).Zip(one), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Where_a_part_has_a_hook_it_is_called()
    {
        using var scope = NewDisposeScope();
        var (layer, norm) = Layer(ViLLayerConfig.V2(8));
        var queries = layer.named_modules().Select(part => part.module).OfType<HeadwiseLinear>().First();
        var calls = 0;
        var hook = queries.register_forward_hook((_, _, y) =>
        {
            calls++;
            return y;
        });
        layer.forward(randn(1, 64, 8));
        Assert.Equal(1, calls);
        hook.remove();
        layer.forward(randn(1, 64, 8));
        Assert.Equal(1, calls);
        norm.register_forward_hook((_, _, y) =>
        {
            calls++;
            return y;
        });
        layer.forward(randn(1, 64, 8), norm, null);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void A_gradient_is_not_differentiated_again()
    {
        using var scope = NewDisposeScope();
        var (layer, _) = Layer(ViLLayerConfig.V2(8));
        var x = randn(1, 64, 8).requires_grad_();
        var error = Assert.Throws<NotSupportedException>(
            () => autograd.grad([layer.forward(x).sum()], [x], create_graph: true));
        Assert.Contains("KernelChoice.Reference", error.Message);
    }

    private static void AssertEqualsReference(ViLLayerConfig config, long batch, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        var (layer, norm) = Layer(config with { Mlstm = new MlstmOptions { ParallelUpTo = 50, ChunkSize = 32 } });
        layer.to(ScalarType.Float64);
        norm.to(ScalarType.Float64);
        var grid = new TokenGrid(rows, columns);
        var x = randn([batch, rows * columns, config.Dim], dtype: ScalarType.Float64).requires_grad_();
        var upstream = randn([batch, rows * columns, config.Dim], dtype: ScalarType.Float64);
        foreach (var before in new[] { norm, null })
        {
            var weights = layer.WeightsWith(before?.Parameters);
            Tensor[] leaves = [x, .. weights.All.OfType<Tensor>()];
            Tensor exact;
            using (ModelKernels.Use(KernelChoice.Reference))
            {
                exact = layer.PartByPart(x, before, grid);
            }

            var gradients = autograd.grad([exact], leaves, [upstream], retain_graph: true);
            foreach (var width in Enum.GetValues<LaneWidth>())
            {
                var y = VilLayer.Forward(width, x, weights, layer.Reading(rows * columns, grid));
                Close.Within(y, exact, 1e-11, $"{width}, {config.Version}");
                foreach (var (got, wanted) in autograd.grad([y], leaves, [upstream]).Zip(gradients))
                {
                    // A lone token's gates cancel: their gradient is 0 but for eps.
                    Assert.True(
                        (got - wanted).abs().max().item<double>() <= (1e-9 * wanted.abs().max().item<double>()) + 1e-14,
                        $"{width}, {config.Version}, gradient of {string.Join(" x ", wanted.shape)}: {Close.Error(got, wanted):e2}");
                }
            }
        }
    }

    /// <summary>A layer and a norm whose parameters all matter: zeros would hide mistakes.</summary>
    private static (ViLLayer Layer, ResidualLayerNorm Norm) Layer(ViLLayerConfig config)
    {
        manual_seed(1);
        var (layer, norm) = (new ViLLayer(config), new ResidualLayerNorm(config.Dim, config.NormBias));
        using var no = no_grad();
        foreach (var parameter in layer.parameters().Concat(norm.parameters()))
        {
            parameter.add_(randn_like(parameter) * 0.2);
        }

        return (layer, norm);
    }
}
