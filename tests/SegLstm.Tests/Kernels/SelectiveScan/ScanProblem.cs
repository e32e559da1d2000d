using SegLstm.Kernels.Simd;
using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.SelectiveScan;

/// <summary>Random inputs of a selective scan, with gradients wanted, and weights that make a scalar of its results.</summary>
internal sealed class ScanProblem
{
    /// <summary>For <see cref="ScanOptions.InputGroups"/>: weights (D, N).</summary>
    public const int Fixed = -1;

    /// <summary>For <see cref="ScanOptions.InputGroups"/>: weights (B, N, L).</summary>
    public const int Shared = 0;

    private readonly Tensor outWeight;
    private readonly Tensor stateWeight;

    public ScanProblem(ScanOptions options, ScalarType dtype = ScalarType.Float64)
    {
        Options = options;
        manual_seed(1);
        var (batch, channels, length, states) = (options.Batch, options.Channels, options.Length, options.States);
        Tensor Leaf(Tensor x) => x.to(dtype).requires_grad_();
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        Tensor Weights(int groups) => Leaf(groups switch
        {
            Fixed => Random(channels, states),
            Shared => Random(batch, states, length),
            _ => Random(batch, groups, states, length),
        });
        U = Leaf(Random(batch, channels, length));
        Delta = Leaf((Random(batch, channels, length) * options.DeltaScale) + options.DeltaShift);
        A = Leaf(-Random(channels, states).exp());
        (B, C) = (Weights(options.InputGroups), Weights(options.OutputGroups));
        D = options.Skip ? Leaf(Random(channels)) : null;
        Z = options.Gate ? Leaf(Random(batch, channels, length)) : null;
        DeltaBias = options.Bias ? Leaf(Random(channels) - 1) : null;
        outWeight = Random(batch, channels, length).to(dtype);
        stateWeight = Random(batch, channels, states).to(dtype);
    }

    public ScanOptions Options { get; }

    public Tensor U { get; }

    public Tensor Delta { get; }

    public Tensor A { get; }

    public Tensor B { get; }

    public Tensor C { get; }

    public Tensor? D { get; }

    public Tensor? Z { get; }

    public Tensor? DeltaBias { get; }

    public IEnumerable<(string Name, Tensor Leaf)> Leaves =>
        from pair in new (string Name, Tensor? Leaf)[]
        {
            ("u", U), ("delta", Delta), ("a", A), ("b", B), ("c", C), ("d", D), ("z", Z), ("deltaBias", DeltaBias),
        }
        where pair.Leaf is not null
        select (pair.Name, pair.Leaf);

    public (Tensor Out, Tensor LastState) Reference() =>
        SelectiveScanReference.Forward(U, Delta, A, B, C, D, Z, DeltaBias, Options.Softplus, Options.Reverse);

    public (Tensor Out, Tensor LastState) Kernel() => Kernel(LaneWidths.Widest);

    public (Tensor Out, Tensor LastState) Kernel(LaneWidth width) => SegLstm.Kernels.SelectiveScan.SelectiveScan.ForwardWithState(
        width, U, Delta, A, B, C, D, Z, DeltaBias, Options.Softplus, Options.Reverse);

    public Tensor Loss((Tensor Out, Tensor LastState) results) =>
        (results.Out * outWeight).sum() + (results.LastState * stateWeight).sum();

    /// <summary>Outputs, last state, and the gradients of <see cref="Loss"/>, by name.</summary>
    public List<(string Name, Tensor Value)> Everything((Tensor Out, Tensor LastState) results)
    {
        foreach (var (_, leaf) in Leaves)
        {
            leaf.grad = null;
        }

        Loss(results).backward();
        return
        [
            ("out", results.Out.detach()), ("last state", results.LastState.detach()),
            .. Leaves.Select(pair => ($"gradient of {pair.Name}", pair.Leaf.grad!)),
        ];
    }
}

/// <summary>What a scan is like.</summary>
public sealed record ScanOptions(
    long Batch = 2, long Channels = 5, long Length = 9, long States = 4, int InputGroups = ScanProblem.Shared,
    int OutputGroups = ScanProblem.Shared, bool Skip = true, bool Gate = true, bool Bias = true, bool Softplus = true,
    double DeltaScale = 1, double DeltaShift = 0, bool Reverse = false);
