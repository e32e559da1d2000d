using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Simd;
using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;
using Fused = SegLstm.Kernels.VilBlock.VilBlock;

namespace SegLstm.Tests.Kernels.VilBlock;

public sealed class VilBlockTests
{
    private const Traversal Forwards = Traversal.RowwiseFromTopLeft;
    private const Traversal Backwards = Traversal.RowwiseFromBottomRight;

    [Theory]
    [InlineData(1, 1, 1, 4, Forwards)]
    [InlineData(2, 5, 7, 12, Backwards)]
    [InlineData(1, 14, 14, 48, Forwards)]
    [InlineData(5, 9, 40, 20, Backwards)]
    [InlineData(2, 4, 150, 24, Forwards)]
    [InlineData(1, 150, 3, 24, Backwards)]
    public void Every_vector_width_computes_what_the_layers_compute(
        long batch, long rows, long columns, long dim, Traversal direction)
    {
        AssertEqualsLayers(ViLLayerConfig.V2(dim, direction), batch, rows, columns);
        AssertEqualsLayers(ViLLayerConfig.V1(dim, direction), batch, rows, columns);
    }

    [Theory]
    [InlineData(Forwards)]
    [InlineData(Backwards)]
    public void A_kernel_that_reaches_further_than_a_segment_finds_what_it_reads(Traversal direction) =>
        AssertEqualsLayers(ViLLayerConfig.V2(12, direction) with { ConvKernelSize = 7 }, 2, 12, 90);

    [Fact]
    public void Without_any_bias_and_with_another_width_it_computes_the_layers() => AssertEqualsLayers(
        ViLLayerConfig.V2(8) with { ProjBias = false, NormBias = false, ConvBias = false, Expansion = 3 }, 2, 13, 20);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Many_samples_of_one_segment_each_do_not_write_over_each_other(long rows) =>
        AssertEqualsLayers(ViLLayerConfig.V2(8), 9, rows, rows);

    [Theory]
    [InlineData(1, 20, 30)]
    [InlineData(3, 20, 30)]
    [InlineData(6, 14, 14)]
    [InlineData(7, 9, 65)]
    public void The_number_of_threads_changes_no_bit(long batch, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var block = Block(ViLLayerConfig.V2(16));
        block.eval();
        var x = randn(batch, rows * columns, 16);
        var threads = get_num_threads();
        try
        {
            Tensor With(int count)
            {
                set_num_threads(count);
                return block.forward(x, new TokenGrid(rows, columns));
            }

            // Of four threads' batches of 6 and 7 some samples have a thread each, and the others are shared.
            var one = With(1);
            for (var run = 0; run < 10; run++)
            {
                Assert.True(With(4).equal(one).all().item<bool>());
                Assert.True(With(2).equal(one).all().item<bool>());
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void It_is_taken_only_where_no_gradient_may_be_asked_for()
    {
        using var scope = NewDisposeScope();
        using var block = Block(ViLLayerConfig.V2(8));
        var x = randn(1, 9, 8);
        Assert.False(Fused.Fits(x, block.Weights));
        Assert.True(block.forward(x).requires_grad);
        using var no = no_grad();
        Assert.True(Fused.Fits(x, block.Weights));
        Assert.False(Fused.Fits(x.to(ScalarType.Float64), block.Weights));
    }

    [Fact]
    public void Training_mode_computes_the_same_bits_with_gradients_and_without()
    {
        using var scope = NewDisposeScope();
        using var block = Block(ViLLayerConfig.V2(8));
        block.train();
        var x = randn(2, 400, 8);
        var recorded = block.forward(x);
        using var no = no_grad();
        Assert.True(block.forward(x).equal(recorded).all().item<bool>());
    }

    [Fact]
    public void Where_a_part_has_a_hook_it_is_called()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var block = Block(ViLLayerConfig.V2(8));
        block.eval();
        var calls = 0;
        Tensor Count(Tensor y)
        {
            calls++;
            return y;
        }

        var parts = block.named_modules().Select(part => part.module).ToArray();
        var ofNorm = parts.OfType<ResidualLayerNorm>().Single().register_forward_hook((_, _, y) => Count(y));
        var ofCellNorm = parts.OfType<HeadwiseLayerNorm>().Single().register_forward_hook((_, _, y) => Count(y));
        block.forward(randn(1, 16, 8));
        Assert.Equal(2, calls);
        ofNorm.remove();
        block.forward(randn(1, 16, 8));
        Assert.Equal(3, calls);
        ofCellNorm.remove();
        block.forward(randn(1, 16, 8));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_grid_that_the_tokens_do_not_fill_is_refused()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var block = Block(ViLLayerConfig.V2(8));
        block.eval();
        var error = Assert.Throws<ArgumentException>(() => block.forward(zeros(1, 9, 8), new TokenGrid(2, 5)));
        Assert.Contains("(1, 9, 8)", error.Message);
        Assert.Contains("2 x 5", error.Message);
    }

    private static void AssertEqualsLayers(ViLLayerConfig config, long batch, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var block = Block(config with { Mlstm = new MlstmOptions { ParallelUpTo = 50, ChunkSize = 32 } });
        using var oracle = new ViLBlock(config with { Mlstm = new MlstmOptions { Form = MlstmForm.Sequence } }).to(ScalarType.Float64);
        oracle.load_state_dict(block.state_dict());
        var (x, grid) = (randn([batch, rows * columns, config.Dim], dtype: ScalarType.Float64), new TokenGrid(rows, columns));
        var exact = oracle.LayerByLayer(x, grid);
        foreach (var (type, tolerance) in new[] { (ScalarType.Float32, 1e-5), (ScalarType.Float64, 1e-12) })
        {
            block.to(type);
            var given = x.to(type);
            foreach (var width in Enum.GetValues<LaneWidth>())
            {
                Close.Within(
                    Fused.Forward(width, given, block.Weights, block.Reading(given.shape[1], grid)), exact, tolerance,
                    $"{width}, {type}, {config.Version}");
            }
        }
    }

    /// <summary>A block whose parameters all matter: zeros would hide mistakes.</summary>
    private static ViLBlock Block(ViLLayerConfig config)
    {
        manual_seed(1);
        var block = new ViLBlock(config);
        using var no = no_grad();
        foreach (var parameter in block.parameters())
        {
            parameter.add_(randn_like(parameter), 0.1);
        }

        return block;
    }
}
