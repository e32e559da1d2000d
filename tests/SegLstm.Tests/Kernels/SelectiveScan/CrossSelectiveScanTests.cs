using SegLstm.Kernels;
using SegLstm.Kernels.SelectiveScan;
using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.SelectiveScan;

public sealed class CrossSelectiveScanTests
{
    /// <summary>Samples, tokens, channels, states, orders: whole vectors and parts of them, one chunk and several, and as many states
    /// as are computed together and fewer.</summary>
    public static TheoryData<long, int, long, long, int> Sizes => new()
    {
        { 1, 1, 1, 1, 1 },
        { 2, 33, 16, 1, 4 },
        { 1, 64, 35, 4, 4 },
        { 2, 70, 7, 5, 2 },
        { 1, 31, 80, 16, 3 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, int length, long channels, long states, int orders)
    {
        using var scope = NewDisposeScope();
        var exact = new Problem(batch, length, channels, states, orders, ScalarType.Float64);
        var expected = exact.Everything(exact.Reference());
        var single = new Problem(batch, length, channels, states, orders, ScalarType.Float32);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            AssertClose(exact.Everything(exact.Kernel(width)), expected, 1e-12, $"{width}, double");
            AssertClose(single.Everything(single.Kernel(width)), expected, 2e-6, $"{width}, single");
        }
    }

    [Fact]
    public void Weights_may_be_parts_of_a_projection()
    {
        using var scope = NewDisposeScope();
        var whole = new Problem(2, 40, 16, 4, 4, ScalarType.Float32);
        var together = cat([whole.B, whole.C], 3).detach();
        var (b, c) = (together.narrow(3, 0, 4), together.narrow(3, 4, 4));
        Assert.False(b.is_contiguous());
        Close.Within(whole.Kernel(LaneWidths.Widest, b, c), whole.Kernel(LaneWidths.Widest), 0, "outputs");
    }

    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(1, 34, 3, 2, 2, ScalarType.Float64);
        GradientCheck.Run(() => problem.Loss(problem.Kernel(LaneWidths.Widest)), problem.Leaves);
    }

    [Fact]
    public void One_order_is_the_selective_scan()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(2, 40, 20, 4, 1, ScalarType.Float32, [.. Enumerable.Range(0, 40)]);
        Tensor Turned(Tensor x) => x.transpose(1, 2);
        var expected = SegLstm.Kernels.SelectiveScan.SelectiveScan.Forward(
            Turned(problem.U), Turned(problem.Delta[0]), problem.A, Turned(problem.B.select(2, 0)), Turned(problem.C.select(2, 0)),
            problem.D, deltaBias: problem.Bias, deltaSoftplus: true);
        Close.Within(problem.Kernel(LaneWidths.Widest), Turned(expected), 0, "outputs");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(2, 200, 96, 4, 4, ScalarType.Float32);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = problem.Everything(problem.Kernel(LaneWidths.Widest));
            set_num_threads(3);
            AssertClose(problem.Everything(problem.Kernel(LaneWidths.Widest)), one, 0, "three threads");
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Other_shapes_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var orders = new TokenOrders([0, 1, 2], [2, 1, 0]);
        var (u, delta, a, weights) = (ones(1, 3, 4), ones(2, 1, 3, 4), ones(8, 2), ones(1, 3, 2, 2));
        string Refusal(Action run) => Assert.Throws<ArgumentException>(run).Message;
        Assert.Contains("L = 3", Refusal(() => CrossSelectiveScan.Forward(orders, ones(1, 4, 4), delta, a, weights, weights)));
        Assert.Contains("K D = 8", Refusal(() => CrossSelectiveScan.Forward(orders, u, delta, ones(4, 2), weights, weights)));
        Assert.Contains("delta: expected (2, 1, 3, 4)", Refusal(() => CrossSelectiveScan.Forward(orders, u, u, a, weights, weights)));
        Assert.Contains("b: expected (1, 3, 2, 2)", Refusal(() => CrossSelectiveScan.Forward(orders, u, delta, a, u, weights)));
        Assert.Contains(
            "deltaBias: expected (8)", Refusal(() => CrossSelectiveScan.Forward(orders, u, delta, a, weights, weights, null, ones(4))));
    }

    private static void AssertClose(
        List<(string Name, Tensor Value)> actual, List<(string Name, Tensor Value)> expected, double tolerance, string what) =>
        Assert.All(actual.Zip(expected), pair => Close.Within(
            pair.First.Value.to(pair.Second.Value.dtype), pair.Second.Value, tolerance, $"{what}, {pair.First.Name}"));

    private sealed class Problem
    {
        private readonly TokenOrders orders;
        private readonly Tensor outWeight;

        public Problem(
            long batch, int length, long channels, long states, int count, ScalarType dtype, params IReadOnlyList<int>[] given)
        {
            var random = new Random(1);
            orders = new TokenOrders(given.Length > 0 ? given
                : [.. Enumerable.Range(0, count).Select(_ => Shuffled(length, random))]);
            manual_seed(1);
            Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
            Tensor Leaf(Tensor x) => x.to(dtype).requires_grad_();
            U = Leaf(Random(batch, length, channels));
            Delta = Leaf(Random(count, batch, length, channels));
            A = Leaf(-Random(count * channels, states).exp());
            (B, C) = (Leaf(Random(batch, length, count, states)), Leaf(Random(batch, length, count, states)));
            (D, Bias) = (Leaf(Random(count * channels)), Leaf(Random(count * channels) - 1));
            outWeight = Random(batch, length, channels).to(dtype);
        }

        public Tensor U { get; }

        public Tensor Delta { get; }

        public Tensor A { get; }

        public Tensor B { get; }

        public Tensor C { get; }

        public Tensor D { get; }

        public Tensor Bias { get; }

        public IEnumerable<(string Name, Tensor Leaf)> Leaves =>
            [("u", U), ("delta", Delta), ("a", A), ("b", B), ("c", C), ("d", D), ("deltaBias", Bias)];

        public Tensor Reference() => CrossSelectiveScanReference.Forward(orders, U, Delta, A, B, C, D, Bias, true);

        public Tensor Kernel(LaneWidth width, Tensor? b = null, Tensor? c = null) =>
            CrossSelectiveScan.Forward(width, orders, U, Delta, A, b ?? B, c ?? C, D, Bias, true);

        public Tensor Loss(Tensor y) => (y * outWeight).sum();

        public List<(string Name, Tensor Value)> Everything(Tensor y)
        {
            foreach (var (_, leaf) in Leaves)
            {
                leaf.grad = null;
            }

            Loss(y).backward();
            return [("out", y.detach()), .. Leaves.Select(pair => ($"gradient of {pair.Name}", pair.Leaf.grad!))];
        }

        private static int[] Shuffled(int count, Random random)
        {
            var order = Enumerable.Range(0, count).ToArray();
            random.Shuffle(order);
            return order;
        }
    }
}
