using SegLstm.Kernels.Simd;
using SegLstm.Kernels.SelectiveScan;
using SegLstm.Kernels.SelectiveScan.Cpu;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;
using Scan = SegLstm.Kernels.SelectiveScan.SelectiveScan;

namespace SegLstm.Tests.Kernels.SelectiveScan;

public sealed class SelectiveScanTests
{
    private const int Fixed = ScanProblem.Fixed;
    private const int Shared = ScanProblem.Shared;

    public static TheoryData<ScanOptions> Problems =>
    [
        new ScanOptions(1, 1, 1, 1),
        new ScanOptions(1, 16, 64, 16),
        new ScanOptions(1, 33, 65, 16),
        new ScanOptions(3, 7, 128, 1, Gate: false),
        new ScanOptions(2, 40, 129, 3),
        new ScanOptions(1, 100, 70, 5),
        new ScanOptions(2, 3, 300, 16, Skip: false),
        new ScanOptions(1, 2, 67, 256),
        new ScanOptions(2, 18, 20, 64),
        new ScanOptions(2, 12, 66, 4, 2, 2),
        new ScanOptions(1, 96, 80, 1, 4, 4, Gate: false),
        new ScanOptions(2, 6, 70, 2, 2, 3),
        new ScanOptions(2, 6, 9, 3, 6, 6),
        new ScanOptions(1, 8, 11, 4, 1, Shared),
        new ScanOptions(2, 20, 70, 6, Fixed, Fixed),
        new ScanOptions(2, 20, 70, 6, Fixed, 2),
        new ScanOptions(1, 17, 66, 2, 17, Fixed),
        new ScanOptions(1, 17, 66, 2, Shared, Fixed, Skip: false, Gate: false, Bias: false, Softplus: false, DeltaScale: 0.1),
        new ScanOptions(2, 19, 40, 8, Bias: false),
        new ScanOptions(2, 19, 40, 8, Skip: false, Gate: false, Bias: false),
        new ScanOptions(2, 19, 40, 8, Bias: false, Softplus: false, DeltaScale: 0.1),
        new ScanOptions(1, 20, 2, 5, Reverse: true),
        new ScanOptions(2, 40, 131, 7, Reverse: true),
        new ScanOptions(2, 12, 66, 4, 2, 3, Gate: false, Reverse: true),
        new ScanOptions(1, 16, 64, 6, Fixed, Fixed, Reverse: true),
    ];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_vector_width_computes_the_reference_and_its_gradient_in_double_precision(ScanOptions options)
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(options);
        var expected = problem.Everything(problem.Reference());
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            AssertClose(problem.Everything(problem.Kernel(width)), expected, 1e-12, $"{width}");
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_vector_width_computes_the_reference_and_its_gradient_in_single_precision(ScanOptions options)
    {
        using var scope = NewDisposeScope();
        var exact = new ScanProblem(options);
        var expected = exact.Everything(exact.Reference());
        var problem = new ScanProblem(options, ScalarType.Float32);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            AssertClose(problem.Everything(problem.Kernel(width)), expected, 2e-6, $"{width}");
        }
    }

    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 3, 70, 2, 3, Fixed));
        GradientCheck.Run(() => problem.Loss(problem.Kernel()), problem.Leaves);
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(1, -50)]
    [InlineData(30, 20)]
    [InlineData(30, -60)]
    [InlineData(200, 0)]
    [InlineData(10_000, 0)]
    public void Extreme_step_sizes_give_what_the_reference_gives(double scale, double shift)
    {
        using var scope = NewDisposeScope();
        var options = new ScanOptions(2, 18, 70, 5, DeltaScale: scale, DeltaShift: shift, Bias: false);
        var exact = new ScanProblem(options);
        var expected = exact.Everything(exact.Reference());
        var single = new ScanProblem(options, ScalarType.Float32);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            AssertClose(exact.Everything(exact.Kernel(width)), expected, 1e-12, $"{width}, double");
            AssertClose(single.Everything(single.Kernel(width)), expected, 1e-5, $"{width}, single");
        }
    }

    [Fact]
    public void A_decay_that_grows_beyond_all_numbers_is_infinite_and_NaN_stays_NaN()
    {
        using var scope = NewDisposeScope();
        var one = ones(1, 3, 2);
        var delta = tensor(new float[] { 1, -1000, 1, float.NaN, 1, -1000 }).view(1, 3, 2);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var (y, _) = Scan.ForwardWithState(
                width, one, delta, -ones(3, 1), ones(3, 1), ones(3, 1), null, null, null, false, false);
            Assert.Equal([1, float.PositiveInfinity, 1, float.NaN, 1, float.PositiveInfinity], y.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(127)]
    [InlineData(128)]
    public void In_reverse_it_is_the_scan_of_flipped_tokens_bit_for_bit(long length)
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 35, length, 6), ScalarType.Float32);
        Tensor Flip(Tensor x) => x.flip(-1);
        (Tensor Out, Tensor LastState) Flipped()
        {
            var (y, last) = Scan.ForwardWithState(
                Flip(problem.U), Flip(problem.Delta), problem.A, Flip(problem.B), Flip(problem.C), problem.D, Flip(problem.Z!),
                problem.DeltaBias, true);
            return (Flip(y), last);
        }

        var expected = problem.Everything(Flipped());
        var got = problem.Everything(Scan.ForwardWithState(
            problem.U, problem.Delta, problem.A, problem.B, problem.C, problem.D, problem.Z, problem.DeltaBias, true,
            reverse: true));
        Assert.All(got.Zip(expected), pair => Close.Within(pair.First.Value, pair.Second.Value, 0, pair.First.Name));
    }

    [Fact]
    public void A_hundred_thousand_tokens_are_scanned_in_single_precision_both_ways()
    {
        using var scope = NewDisposeScope();
        const int length = 100_000;
        var problem = new ScanProblem(new(1, 1, length, 2, Gate: false), ScalarType.Float32);
        var expected = ByHand(problem, reverse: false).Concat(ByHand(problem, reverse: true));
        using var no = no_grad();
        var got = new[] { false, true }.SelectMany(reverse => Scan.Forward(
            problem.U, problem.Delta, problem.A, problem.B, problem.C, problem.D, null, problem.DeltaBias, true, reverse)
            .data<float>().Select(y => (double)y));
        var scale = expected.Max(Math.Abs);
        Assert.All(got.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-6 * scale));
    }

    [Fact]
    public void A_slow_decay_keeps_its_rate_over_thousands_of_tokens()
    {
        using var scope = NewDisposeScope();
        const int length = 5000;
        manual_seed(1);
        var delta = (rand(1, 1, length) + 0.5) * 1e-3;
        var u = zeros(1, 1, length);
        u[0, 0, 0] = tensor(1.0f);
        var one = ones(1, 1);
        var y = Scan.Forward(u, delta, -one, one, one)[0, 0].to(ScalarType.Float64);
        var elapsed = delta[0, 0].to(ScalarType.Float64).cumsum(0);
        var expected = (elapsed[0] - elapsed).exp() * elapsed[0];
        Assert.InRange(((y - expected) / expected).abs().max().item<double>(), 0, 1e-5);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 200, 150, 9, 2, 2), ScalarType.Float32);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = problem.Everything(problem.Kernel());
            set_num_threads(2);
            var two = problem.Everything(problem.Kernel());
            Assert.All(one.Zip(two), pair => Assert.Equal(
                pair.First.Value.contiguous().bytes.ToArray(), pair.Second.Value.contiguous().bytes.ToArray()));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Without_a_gradient_the_bits_are_the_same()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 20, 100, 4), ScalarType.Float32);
        var (y, last) = problem.Kernel();
        using var no = no_grad();
        var (plain, plainLast) = problem.Kernel();
        Assert.True(y.requires_grad);
        Assert.False(plain.requires_grad);
        Assert.Equal(y.data<float>().ToArray(), plain.data<float>().ToArray());
        Assert.Equal(last.data<float>().ToArray(), plainLast.data<float>().ToArray());
    }

    [Fact]
    public void Views_that_are_not_contiguous_get_their_gradients()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 5, 9, 3, Gate: false, Bias: false));
        Tensor Turned(Tensor x) => x.transpose(-1, -2).contiguous().detach().requires_grad_();
        var (u, delta, b) = (Turned(problem.U), Turned(problem.Delta), Turned(problem.B));
        Tensor Run(Func<Tensor, Tensor, Tensor, Tensor> scan) =>
            scan(u.transpose(-1, -2), delta.transpose(-1, -2), b.transpose(-1, -2));
        Run((x, y, z) => Scan.Forward(x, y, problem.A, z, problem.C)).sum().backward();
        var got = new[] { u, delta, b }.Select(x => x.grad!.clone()).ToArray();
        (u.grad, delta.grad, b.grad) = (null, null, null);
        Run((x, y, z) => SelectiveScanReference.Forward(x, y, problem.A, z, problem.C).Out).sum().backward();
        Assert.All(got.Zip([u, delta, b]), pair => Close.Within(pair.First, pair.Second.grad!, 1e-12, "gradient"));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Half_precision_is_computed_in_single_and_rounded_once(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(1, 20, 30, 4), ScalarType.Float32);
        using var no = no_grad();
        var (u, delta) = (problem.U.to(type), problem.Delta.to(type));
        var (y, last) = Scan.ForwardWithState(u, delta, problem.A, problem.B, problem.C);
        var (wide, wideLast) = Scan.ForwardWithState(u.@float(), delta.@float(), problem.A, problem.B, problem.C);
        Assert.Equal(type, y.dtype);
        Assert.Equal(ScalarType.Float32, last.dtype);
        Assert.True(y.equal(wide.to(type)).all().item<bool>());
        Assert.True(last.equal(wideLast).all().item<bool>());
    }

    [Fact]
    public void Inputs_that_need_no_gradient_get_none()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new());
        Scan.Forward(problem.U.detach(), problem.Delta, problem.A.detach(), problem.B, problem.C).sum().backward();
        Assert.Null(problem.U.grad);
        Assert.Null(problem.A.grad);
        Assert.NotNull(problem.Delta.grad);
    }

    [Fact]
    public void A_scan_may_be_forgotten_and_computed_again_for_its_gradient()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(1, 5, 70, 3));
        Tensor Block(Tensor u) => Scan.Forward(u, problem.Delta, problem.A, problem.B, problem.C);
        ActivationCheckpoint.Run(false, Block, problem.U).sum().backward();
        var (du, da) = (problem.U.grad!.clone(), problem.A.grad!.clone());
        (problem.U.grad, problem.A.grad) = (null, null);
        ActivationCheckpoint.Run(true, Block, problem.U).sum().backward();
        Close.Within(problem.U.grad!, du, 0, "gradient of u");
        Close.Within(problem.A.grad!, da, 0, "gradient of a");
    }

    [Fact]
    public void A_gradient_of_the_gradient_is_refused()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new());
        var error = Assert.ThrowsAny<Exception>(() =>
            autograd.grad([problem.Loss(problem.Kernel())], [problem.U], create_graph: true));
        Assert.Contains("SelectiveScanReference", error.ToString());
    }

    [Fact]
    public void Of_the_states_one_in_32_is_kept_for_the_gradient()
    {
        Assert.Equal(0, new ScanShape(2, 32, 32, 16, 1, 1, 16).KeptElements);
        Assert.Equal(2 * 32 * 16 * 31, new ScanShape(2, 32, 1024, 16, 1, 1, 16).KeptElements);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var (u, a, b) = (zeros(2, 6, 5), zeros(6, 4), zeros(2, 4, 5));
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("u", "(2, 6, 0)", () => Scan.Forward(zeros(2, 6, 0), zeros(2, 6, 0), a, zeros(2, 4, 0), zeros(2, 4, 0)));
        Refused("u", "(6, 5)", () => Scan.Forward(zeros(6, 5), zeros(6, 5), a, b, b));
        Refused("a", "(5, 4)", () => Scan.Forward(u, u, zeros(5, 4), b, b));
        Refused("a", "(6, 0)", () => Scan.Forward(u, u, zeros(6, 0), b, b));
        Refused("delta", "(2, 6, 4)", () => Scan.Forward(u, zeros(2, 6, 4), a, b, b));
        Refused("b", "(2, 4, 4)", () => Scan.Forward(u, u, a, zeros(2, 4, 4), b));
        Refused("c", "(2, 4, 4, 5)", () => Scan.Forward(u, u, a, b, zeros(2, 4, 4, 5)));
        Refused("c", "(4)", () => Scan.Forward(u, u, a, b, zeros(4)));
        Refused("d", "(5)", () => Scan.Forward(u, u, a, b, b, d: zeros(5)));
        Refused("z", "(2, 6, 1)", () => Scan.Forward(u, u, a, b, b, z: zeros(2, 6, 1)));
        Refused("deltaBias", "(1)", () => Scan.Forward(u, u, a, b, b, deltaBias: zeros(1)));
    }

    /// <summary>The outputs of one channel with softplus, in float64, number by number.</summary>
    private static double[] ByHand(ScanProblem problem, bool reverse)
    {
        double[] Numbers(Tensor x) => x.detach().to(ScalarType.Float64).flatten().data<double>().ToArray();
        var (u, delta, a, b, c) =
            (Numbers(problem.U), Numbers(problem.Delta), Numbers(problem.A), Numbers(problem.B), Numbers(problem.C));
        var (skip, bias) = (Numbers(problem.D!)[0], Numbers(problem.DeltaBias!)[0]);
        var (y, state) = (new double[u.Length], new double[a.Length]);
        for (var k = 0; k < u.Length; k++)
        {
            var t = reverse ? u.Length - 1 - k : k;
            var step = Math.Log(1 + Math.Exp(delta[t] + bias));
            y[t] = skip * u[t];
            for (var n = 0; n < a.Length; n++)
            {
                state[n] = (Math.Exp(step * a[n]) * state[n]) + (step * u[t] * b[(n * u.Length) + t]);
                y[t] += c[(n * u.Length) + t] * state[n];
            }
        }

        return y;
    }

    private static void AssertClose(
        List<(string Name, Tensor Value)> got, List<(string Name, Tensor Value)> expected, double tolerance, string what)
    {
        Assert.All(got.Zip(expected), pair =>
            Close.Within(pair.First.Value, pair.Second.Value, tolerance, $"{what}, {pair.First.Name}"));
    }
}
