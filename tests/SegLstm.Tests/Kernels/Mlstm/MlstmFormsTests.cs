using SegLstm.Benchmarks;
using SegLstm.Kernels.Mlstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Mlstm;

public sealed class MlstmFormsTests
{
    public static TheoryData<long> Lengths => [1, 2, 3, 7, 16, 31, 64, 65, 97];

    // All states together would be 144 MiB, the result is 1.5.
    [Fact]
    public void The_recurrent_form_holds_a_few_states_at_a_time_where_no_gradient_is_asked()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Tensor Vectors() => randn(1, 4, 1000, 96);
        var (q, k, v, i, f) = (Vectors(), Vectors(), Vectors(), randn(1, 4, 1000), randn(1, 4, 1000));
        void Run()
        {
            using var inner = NewDisposeScope();
            MlstmRecurrent.Forward(q, k, v, i, f);
        }

        Run();
        Assert.InRange(ProcessMemory.TakenBy(Run), 0, 24 << 20);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void All_forms_agree_in_value_and_gradient_from_no_past(long tokens)
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(tokens, seed: tokens, gateScale: 2);
        var parallel = inputs.Parallel();
        var gradients = inputs.Gradients(parallel);
        var stable = MlstmParallel.ForwardStable(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F).H;
        var forms = new[]
        {
            ("chunkwise", inputs.Chunkwise(16)), ("recurrent", inputs.Recurrent()), ("stable", stable),
            ("sequence in chunks", inputs.Sequence(16)), ("sequence in one piece", inputs.Sequence(tokens)),
        };
        foreach (var (name, h) in forms)
        {
            Close.Within(h, parallel, 1e-10, name);
            foreach (var (leaf, (expected, got)) in inputs.Leaves.Zip(gradients.Zip(inputs.Gradients(h))))
            {
                Close.Within(got, expected, 1e-9, $"{name}, gradient of {leaf.Name}");
            }
        }
    }

    [Fact]
    public void From_the_authors_initial_state_the_forms_agree_to_the_weight_of_eps()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(33);
        var zero = MlstmState.Zero(inputs.K, 4);
        Close.Within(inputs.Chunkwise(8, zero), inputs.Recurrent(zero), 1e-12, "chunkwise and recurrent from m = 0");
        Close.Within(inputs.Recurrent(zero), inputs.Parallel(), 1e-5, "recurrent from m = 0 and parallel");
        Assert.True(Close.Error(inputs.Recurrent(zero), inputs.Parallel()) > 1e-12,
            "m = 0 must be visible, else the test shows nothing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(53)]
    [InlineData(100)]
    public void The_chunk_size_does_not_matter(long chunk)
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(53, keyWidth: 5, valueWidth: 3);
        var (expected, expectedLast) = MlstmChunkwise.Forward(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, 53);
        var (h, last) = MlstmChunkwise.Forward(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, chunk);
        Close.Within(h, expected, 1e-12, "h");
        Close.Within(last.C, expectedLast.C, 1e-12, "C");
        Close.Within(last.N, expectedLast.N, 1e-12, "n");
        Close.Within(last.M, expectedLast.M, 1e-12, "m");
    }

    [Fact]
    public void A_sequence_may_be_cut_anywhere_and_continued_from_the_state()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(29);
        var whole = MlstmChunkwise.Forward(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, 8);
        var start = MlstmChunkwise.Forward(Cut(inputs.Q, 0, 11), Cut(inputs.K, 0, 11), Cut(inputs.V, 0, 11),
            Cut(inputs.I, 0, 11), Cut(inputs.F, 0, 11), 8);
        var rest = MlstmRecurrent.Forward(
            Cut(inputs.Q, 11, 18), Cut(inputs.K, 11, 18), Cut(inputs.V, 11, 18), Cut(inputs.I, 11, 18), Cut(inputs.F, 11, 18),
            start.Last);
        Close.Within(cat([start.H, rest.H], 2), whole.H, 1e-12, "h");
        Close.Within(rest.Last.C, whole.Last.C, 1e-12, "C");

        static Tensor Cut(Tensor x, long from, long length) => x.narrow(2, from, length);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Extreme_gates_stay_finite_in_single_precision(double shift)
    {
        using var scope = NewDisposeScope();
        foreach (var tokens in new long[] { 1, 2, 40 })
        {
            var inputs = new MlstmInputs(tokens, gateScale: Math.Abs(shift), gateShift: shift, dtype: ScalarType.Float32);
            var forms = new[]
            {
                inputs.Parallel(), inputs.Chunkwise(16), inputs.Recurrent(), inputs.Recurrent(MlstmState.Zero(inputs.K, 4)),
                inputs.Sequence(16), inputs.Sequence(40),
            };
            foreach (var h in forms)
            {
                Close.Finite(h, "h");
                foreach (var gradient in inputs.Gradients(h))
                {
                    Close.Finite(gradient, "gradient");
                }
            }
        }
    }

    [Fact]
    public void A_token_sees_the_past_only()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(20);
        var before = inputs.Chunkwise(8).detach().clone();
        using (no_grad())
        {
            inputs.K.narrow(2, 12, 8).add_(3);
            inputs.V.narrow(2, 12, 8).add_(3);
            inputs.F.narrow(2, 12, 8).add_(3);
        }

        var forms = new[] { inputs.Parallel(), inputs.Chunkwise(8), inputs.Recurrent(), inputs.Sequence(8), inputs.Sequence(20) };
        foreach (var h in forms)
        {
            Close.Within(h.narrow(2, 0, 12), before.narrow(2, 0, 12), 1e-12, "tokens before the change");
            Assert.True(Close.Error(h.narrow(2, 12, 8), before.narrow(2, 12, 8)) > 1e-3, "tokens after the change must change");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    public void Gradients_agree_with_central_differences(long tokens)
    {
        var inputs = new MlstmInputs(tokens, keyWidth: 3, valueWidth: 2);
        GradientCheck.Run(() => inputs.Loss(inputs.Parallel()), inputs.Leaves);
        GradientCheck.Run(() => inputs.Loss(inputs.Chunkwise(5)), inputs.Leaves);
        GradientCheck.Run(() => inputs.Loss(inputs.Recurrent()), inputs.Leaves);
        GradientCheck.Run(() => inputs.Loss(inputs.Sequence(5)), inputs.Leaves);
    }

    [Fact]
    public void The_authors_backward_differs_alone_and_agrees_behind_a_norm()
    {
        using var scope = NewDisposeScope();
        // Long memories and open gates: the normaliser is then the dot product, and eps weighs nothing.
        var inputs = new MlstmInputs(24, gateShift: 3, valueWidth: 6);
        Tensor Run(bool exact) => MlstmChunkwise.Forward(
            inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, 8, MlstmState.Nothing(inputs.K, 6), normalizerGradient: exact,
            eps: 1e-12).H;
        Close.Within(Run(exact: false), Run(exact: true), 1e-15, "the value is the same");
        var worst = inputs.Gradients(Run(exact: true)).Zip(inputs.Gradients(Run(exact: false))).Max(pair =>
            Close.Error(pair.Second, pair.First));
        Assert.True(worst > 1e-2, $"alone, the gradients must differ, got {worst:e2}");

        Tensor Normed(bool exact) => nn.functional.layer_norm(Run(exact), [6], eps: 1e-14);
        foreach (var (leaf, (exact, constant)) in inputs.Leaves.Zip(
            inputs.Gradients(Normed(true)).Zip(inputs.Gradients(Normed(false)))))
        {
            Close.Within(constant, exact, 1e-6, $"behind a norm, gradient of {leaf.Name}");
        }
    }

    [Fact]
    public void Automatic_takes_a_short_sequence_in_one_piece_and_then_chunks()
    {
        var options = new MlstmOptions { ParallelUpTo = 10, ChunkSize = 4 };
        Assert.Equal(10, options.ChunkFor(10, 16));
        Assert.Equal(4, options.ChunkFor(11, 16));
        Assert.Equal(50, (options with { Form = MlstmForm.Parallel }).ChunkFor(50, 16));
        Assert.Equal(64, new MlstmOptions().ChunkFor(196, 16));
        Assert.Equal(196, new MlstmOptions().ChunkFor(196, 96));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var x = zeros([1, 2, 5, 4]);
        var gate = zeros([1, 2, 5]);
        var error = Assert.Throws<ArgumentException>(() => MlstmParallel.Forward(x, zeros([1, 2, 6, 4]), x, gate, gate));
        Assert.Contains("(1, 2, 5, 4)", error.Message);
        Assert.Contains("(1, 2, 6, 4)", error.Message);
        Assert.Throws<ArgumentException>(() => MlstmParallel.Forward(x, x, x, gate.unsqueeze(-1), gate));
        var (nothing, noGate) = (zeros([1, 2, 0, 4]), zeros([1, 2, 0]));
        Assert.Throws<ArgumentException>(() => MlstmRecurrent.Forward(nothing, nothing, nothing, noGate, noGate));
        Assert.Throws<ArgumentOutOfRangeException>(() => MlstmChunkwise.Forward(x, x, x, gate, gate, chunkSize: 0));
        Assert.Throws<ArgumentException>(() => MlstmChunkwise.Forward(x, x, x, gate, gate, initial: MlstmState.Zero(x, 3)));
    }
}
