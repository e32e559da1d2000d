using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;
using Kernel = SegLstm.Kernels.Mlstm.Mlstm;

namespace SegLstm.Tests.Kernels.Mlstm;

public sealed class MlstmTests
{
    public static TheoryData<long, long, long, int> Shapes => new()
    {
        { 1, 1, 1, 64 }, { 2, 3, 5, 64 }, { 16, 16, 16, 16 }, { 17, 20, 33, 16 }, { 61, 17, 4, 16 }, { 64, 32, 32, 64 },
        { 65, 8, 40, 64 }, { 131, 48, 48, 33 }, { 200, 96, 96, 200 }, { 70, 256, 256, 32 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_gradients_are_those_of_the_parallel_form(long tokens, long keyWidth, long valueWidth, int chunk)
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(tokens, keyWidth, valueWidth, gateScale: 2, seed: tokens);
        var expected = Stable(inputs);
        var gradients = inputs.Gradients(expected);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var h = Run(inputs, width, chunk: chunk);
            Close.Within(h, expected, 1e-11, $"{width}");
            foreach (var (leaf, (wanted, got)) in inputs.Leaves.Zip(gradients.Zip(inputs.Gradients(h))))
            {
                // A lone token's gates cancel: their gradient is 0 but for eps.
                Assert.True(
                    (got - wanted).abs().max().item<double>() <= (1e-10 * wanted.abs().max().item<double>()) + 1e-15,
                    $"{width}, gradient of {leaf.Name}: {Close.Error(got, wanted):e2}");
            }
        }
    }

    // Chunks that are whole rows are read and written in place, with whatever lies behind the last token.
    [Theory]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    [InlineData(20, 32)]
    [InlineData(196, 196)]
    [InlineData(100, 64)]
    public void What_lies_behind_the_last_token_is_not_read(long tokens, int chunk)
    {
        using var scope = NewDisposeScope();
        var given = new long[][] { [32], [32], [32], [], [] }.Select(width => randn([2, tokens, 2, .. width])).ToArray();

        Tensor[] Run(Func<Tensor, Tensor> place)
        {
            var leaves = given.Select(x => place(x).transpose(1, 2).detach().requires_grad_()).ToArray();
            var h = Kernel.Forward(leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], chunkSize: chunk);
            return [h, .. autograd.grad([h], leaves, [ones_like(h)])];
        }

        Tensor BeforeNothing(Tensor x) => cat([x, full_like(x, double.NaN)], 1).narrow(1, 0, tokens);
        foreach (var (alone, among) in Run(x => x).Zip(Run(BeforeNothing)))
        {
            Assert.True(alone.equal(among).all().item<bool>());
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(50, 0)]
    [InlineData(1e4, 0)]
    [InlineData(1, -0.4)]
    [InlineData(1, -50)]
    [InlineData(1, 1e4)]
    public void In_float32_errors_are_rounding_also_where_gates_are_extreme(double scale, double shift)
    {
        // How a few gates fall makes an error three times as large or as small: what is typical takes several draws.
        const int draws = 8;
        var errors = new Dictionary<string, double>();
        for (var draw = 1; draw <= draws; draw++)
        {
            using var scope = NewDisposeScope();
            var inputs = new MlstmInputs(300, 48, 48, scale, shift, draw, ScalarType.Float32);
            var wide = Widened(inputs);
            var expected = MlstmParallel.ForwardStable(wide[0], wide[1], wide[2], wide[3], wide[4]).H;
            inputs.Loss(expected).backward();
            var h = Run(inputs, LaneWidths.Widest);
            Assert.InRange(TypicalError(h, expected), 0, 5e-6);
            foreach (var (leaf, (wanted, got)) in inputs.Leaves.Zip(wide.Zip(inputs.Gradients(h))))
            {
                errors[leaf.Name] = errors.GetValueOrDefault(leaf.Name) + (RelativeRms(got, wanted.grad!) / draws);
            }
        }

        // Where one token outweighs all others, or none counts, most gradients cancel to nothing: then they are finite.
        var cancels = Math.Max(scale, Math.Abs(shift)) > 50 || shift < -1;
        Assert.All(errors, error => Assert.True(
            cancels || error.Value < (error.Key == "f" ? 1e-4 : 4e-5), $"gradient of {error.Key}: {error.Value:e2}"));
    }

    [Fact]
    public void Closed_gates_give_nothing_and_gradients_that_are_finite()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(100, 16, 16, gateShift: -1e4, dtype: ScalarType.Float32);
        var h = Run(inputs, LaneWidths.Widest);
        Assert.InRange(h.abs().max().item<float>(), 0, 1e-36f);
        Assert.All(inputs.Gradients(h), gradient => Assert.True(gradient.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Reading_from_the_last_token_is_reading_the_flipped_sequence()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(150, 24, 40);
        var flipped = Kernel.Forward(
            inputs.Q.flip(2), inputs.K.flip(2), inputs.V.flip(2), inputs.I.flip(2), inputs.F.flip(2)).flip(2);
        var gradients = inputs.Gradients(flipped);
        var reversed = Kernel.Forward(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, reverse: true);
        Equal(flipped, reversed);
        Assert.All(gradients.Zip(inputs.Gradients(reversed)), pair => Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Heads_side_by_side_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(90, 20, 20, dtype: ScalarType.Float32);
        Tensor Turned(Tensor x) => x.detach().transpose(1, 2).contiguous().transpose(1, 2).requires_grad_();
        var (q, k, v, i, f) = (Turned(inputs.Q), Turned(inputs.K), Turned(inputs.V), Turned(inputs.I), Turned(inputs.F));
        var expected = Run(inputs, LaneWidths.Widest);
        var gradients = inputs.Gradients(expected);
        var h = Kernel.Forward(q, k, v, i, f);
        Equal(expected, h);
        Assert.True(h.transpose(1, 2).is_contiguous());
        inputs.Loss(h).backward();
        Assert.All(gradients.Zip(new[] { q, k, v, i, f }), pair => Equal(pair.First, pair.Second.grad!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(50)]
    [InlineData(128)]
    public void The_chunk_size_does_not_matter(int chunk)
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(200, 32, 32, dtype: ScalarType.Float32);
        Assert.InRange(RelativeRms(Run(inputs, LaneWidths.Widest, chunk: chunk), Run(inputs, LaneWidths.Widest)), 0, 1e-6);
    }

    [Fact]
    public void It_agrees_with_itself_step_by_step()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(100, 32, 32, dtype: ScalarType.Float32);
        Assert.InRange(RelativeRms(Run(inputs, LaneWidths.Widest), inputs.Recurrent()), 0, 2e-6);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(300, 64, 64, dtype: ScalarType.Float32);
        Tensor[] Everything(int threads)
        {
            set_num_threads(threads);
            var h = Run(inputs, LaneWidths.Widest);
            return [h, .. inputs.Gradients(h)];
        }

        var before = get_num_threads();
        try
        {
            Assert.All(Everything(1).Zip(Everything(2)), pair => Equal(pair.First, pair.Second));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Without_a_gradient_the_bits_are_the_same()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(130, 20, 20, dtype: ScalarType.Float32);
        var with = Run(inputs, LaneWidths.Widest);
        using var quiet = no_grad();
        Equal(with, Run(inputs, LaneWidths.Widest));
    }

    [Fact]
    public void A_hundred_thousand_tokens_are_as_exact_as_few()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var inputs = new MlstmInputs(100_000, 4, 4, gateShift: 3, dtype: ScalarType.Float32, batch: 1, heads: 1);
        var wide = Widened(inputs);
        var expected = MlstmSequence.Forward(wide[0], wide[1], wide[2], wide[3], wide[4]);
        var h = Run(inputs, LaneWidths.Widest);
        Assert.InRange(TypicalError(h, expected), 0, 5e-6);
    }

    [Fact]
    public void What_is_not_a_number_is_not_lost()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var place in Enumerable.Range(0, 5))
        {
            var inputs = new MlstmInputs(80, 16, 16, dtype: ScalarType.Float32, batch: 1, heads: 1);
            inputs.Leaves[place].Leaf.select(2, 70).fill_(double.NaN);
            var h = Run(inputs, LaneWidths.Widest);
            Assert.True(h.narrow(2, 0, 64).isfinite().all().item<bool>());
            Assert.True(h.narrow(2, 70, 1).isnan().any().item<bool>(), inputs.Leaves[place].Name);
        }
    }

    [Fact]
    public void Second_derivatives_are_refused_with_a_way_out()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(5);
        var loss = inputs.Loss(Run(inputs, LaneWidths.Widest));
        var error = Assert.ThrowsAny<Exception>(() => autograd.grad([loss], [inputs.Q], create_graph: true));
        Assert.Contains("MlstmSequence", error.Message);
    }

    private static Tensor Run(MlstmInputs x, LaneWidth width, int chunk = 64) =>
        Kernel.Forward(width, x.Q, x.K, x.V, x.I, x.F, reverse: false, chunk, 1e-6);

    private static Tensor[] Widened(MlstmInputs x) =>
        [.. x.Leaves.Select(leaf => leaf.Leaf.detach().to(ScalarType.Float64).requires_grad_())];

    private static Tensor Stable(MlstmInputs x) => MlstmParallel.ForwardStable(x.Q, x.K, x.V, x.I, x.F).H;

    private static double RelativeRms(Tensor got, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (got.detach().to(ScalarType.Float64), expected.detach().to(ScalarType.Float64));
        Assert.True(x.isfinite().all().item<bool>(), "not finite");
        return ((x - y).square().mean() / y.square().mean()).sqrt().item<double>();
    }

    /// <summary>Median over tokens of the relative error: a retrieved value is divided by a dot, which for some token is as near
    /// to 0 as it likes.</summary>
    private static double TypicalError(Tensor got, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (got.detach().to(ScalarType.Float64), expected.detach());
        return ((x - y).norm(-1) / y.norm(-1)).median().item<double>();
    }

    private static void Equal(Tensor expected, Tensor got) => Assert.True(got.equal(expected).all().item<bool>());
}
