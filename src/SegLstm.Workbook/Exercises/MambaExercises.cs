using SegLstm.Kernels.SelectiveScan;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/02-mamba.ipynb</c>.</summary>
/// <remarks>Shape letters: L tokens, N states of a channel, C channels, h and w rows and columns.</remarks>
public static class MambaExercises
{
    /// <summary>The state after one token: state <c>(N)</c>, input and step size (one number each), A and B <c>(N)</c> to
    /// <c>(N)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor?>> NextState { get; } = new(
        "One step",
        "(delta * A).exp() * x is what is left of the state, delta * u * B what the token writes.",
        1e-6,
        [.. new (int States, double Step)[] { (1, 0.1), (16, 0.01), (8, 0), (4, 5) }
            .Select(c => new ExerciseCase<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor?>>(
                FormattableString.Invariant($"{c.States} state{(c.States == 1 ? "" : "s")} and a step of {c.Step}"),
                answer => Token(c.States, c.Step) is var t ? answer(t.State, t.Input, t.Step, t.A, t.B) : null,
                () => StepOf(Token(c.States, c.Step))))]);

    /// <summary>What is left at token t of what token s wrote: step sizes <c>(L)</c> and the rate A of a state to
    /// <c>(L, L)</c>, entry [t, s] being exp(A · (the steps s+1 .. t)), 0 for s &gt; t.</summary>
    public static Exercise<Func<Tensor, double, Tensor?>> Decays { get; } = new(
        "Decays",
        "With sums = delta.cumsum(0), entry [t, s] is exp(A * (sums[t] - sums[s])). "
            + "unsqueeze makes a column of t and a row of s; tril() clears s > t.",
        1e-5,
        [.. new (int Tokens, double Rate)[] { (1, -1), (7, -1), (12, -4), (30, -0.5) }
            .Select(c => new ExerciseCase<Func<Tensor, double, Tensor?>>(
                FormattableString.Invariant($"{c.Tokens} token{(c.Tokens == 1 ? "" : "s")} and A = {c.Rate}"),
                answer => answer(Steps(c.Tokens), c.Rate),
                () => DecaysOf(Steps(c.Tokens), c.Rate)))]);

    /// <summary>The cross scan of a map: <c>(1, C, h, w)</c> to <c>(1, 4, C, h·w)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor?>> Unfold { get; } = new(
        "Unfold",
        "rows = map.flatten(2), columns = map.transpose(2, 3).flatten(2), then both with flip(-1); "
            + "stack([...], 1) in this order.",
        0,
        [.. Maps.Select(c => new ExerciseCase<Func<Tensor, Tensor?>>(
            c.Name, answer => answer(Random(1, c.Channels, c.Rows, c.Columns)),
            () => CrossScan.Scan(Random(1, c.Channels, c.Rows, c.Columns))))]);

    /// <summary>The sum of the maps of four sequences: <c>(1, 4, C, h·w)</c>, h and w to <c>(1, C, h, w)</c>.</summary>
    public static Exercise<Func<Tensor, long, long, Tensor?>> MergeMaps { get; } = new(
        "Merge",
        "rows = y.select(1, 0) + y.select(1, 2).flip(-1), columns likewise of 1 and 3. Columns become a map with "
            + "unflatten(2, w, h).transpose(2, 3), rows with unflatten(2, h, w).",
        1e-5,
        [.. Maps.Select(c => new ExerciseCase<Func<Tensor, long, long, Tensor?>>(
            c.Name, answer => answer(Random(1, 4, c.Channels, c.Rows * c.Columns), c.Rows, c.Columns),
            () => CrossScan.Merge(Random(1, 4, c.Channels, c.Rows * c.Columns), c.Rows, c.Columns).unflatten(2, c.Rows, c.Columns)))]);

    private static IEnumerable<(string Name, long Channels, long Rows, long Columns)> Maps =>
        new (long Channels, long Rows, long Columns)[] { (1, 2, 3), (3, 4, 5), (2, 6, 1), (2, 4, 4) }
            .Select(c => ($"a map of {c.Channels} x {c.Rows} x {c.Columns}", c.Channels, c.Rows, c.Columns));

    private static Tensor Random(params long[] shape)
    {
        using var generator = new Generator(7);
        return randn(shape, generator: generator);
    }

    private static Tensor Steps(int tokens) => nn.functional.softplus(Random(tokens));

    private static (Tensor State, Tensor Input, Tensor Step, Tensor A, Tensor B) Token(int states, double step)
    {
        using var generator = new Generator(8);
        Tensor Normal() => randn([states], generator: generator);
        return (Normal(), tensor(1.5f), tensor((float)step), -arange(1, states + 1, ScalarType.Float32), Normal());
    }

    private static Tensor StepOf((Tensor State, Tensor Input, Tensor Step, Tensor A, Tensor B) token)
    {
        var (a, b) = (token.A.unsqueeze(0), token.B.unsqueeze(0));
        return SelectiveScanStep.Forward(
            token.State.view(1, 1, -1), token.Input.view(1, 1), token.Step.view(1, 1), a, b, b).State.flatten();
    }

    /// <summary>The decays as the kernel itself has them: a channel for each written token, which writes 1 there.</summary>
    private static Tensor DecaysOf(Tensor delta, double rate)
    {
        long tokens = delta.shape[0];
        Tensor exact = delta.to_type(ScalarType.Float64), ones = torch.ones([1, 1, tokens], dtype: ScalarType.Float64);
        Tensor once = (eye(tokens, dtype: ScalarType.Float64) / exact).unsqueeze(0);
        Tensor rates = full([tokens, 1], rate, dtype: ScalarType.Float64);
        Tensor left = SelectiveScan.Forward(once, exact.expand(1, tokens, tokens).contiguous(), rates, ones, ones);
        return left[0].t().to_type(delta.dtype);
    }
}
