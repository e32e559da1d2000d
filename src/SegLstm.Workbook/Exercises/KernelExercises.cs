using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/08-kernels.ipynb</c>: ways to make a kernel slow.</summary>
/// <remarks>Shape letters: D channels, N states of a channel, S tokens, H heads, d width of a head, L tokens of a
/// chunk.</remarks>
public static class KernelExercises
{
    private const long LongestChunk = 512;

    private static readonly double LeastNormal = Math.Pow(2, -126);

    /// <summary>The chunk length with the fewest multiply-adds: width d to L.</summary>
    public static Exercise<Func<long, long>> FewestMultiplyAdds { get; } = new(
        "Fewest multiply-adds",
        "Per token: (L + 1) / 2 * (2d + 3) + 2d² / L. Try every L, Enumerable.Range(1, 512).MinBy(...), or set the derivative "
            + "to 0.",
        0,
        [.. new[] { 96L, 16, 192, 384 }.Select(width => new ExerciseCase<Func<long, long>>(
            $"heads {width} wide", answer => answer(width) is var chunk and not 0 ? tensor(chunk) : null,
            () => tensor(FewestOf(width))))]);

    /// <summary>A scan that makes all decays first: u and Δ <c>(1, D, S)</c>, A <c>(D, N)</c>, B and C <c>(1, N, S)</c> to
    /// <c>(1, D, S)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor?>> Unfused { get; } = new(
        "Decays first",
        "decays = (delta.unsqueeze(-1) * A.unsqueeze(1)).exp() is (1, D, S, N). Then, for each token t: "
            + "x = decays.select(2, t) * x + written.select(2, t), and y = (x * C.select(2, t)).sum(-1).",
        1e-4,
        [.. new (long Channels, long States, long Tokens)[] { (1, 1, 1), (3, 4, 9), (8, 16, 40) }
            .Select(c => new ExerciseCase<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor?>>(
                $"D = {c.Channels}, N = {c.States}, S = {c.Tokens}",
                answer => ScanInputs(c.Channels, c.States, c.Tokens) is var x ? answer(x[0], x[1], x[2], x[3], x[4]) : null,
                () => ScanInputs(c.Channels, c.States, c.Tokens) is var x
                    ? SelectiveScan.Forward(x[0], x[1], x[2], x[3], x[4])
                    : throw new InvalidOperationException()))]);

    /// <summary>The same keys with other neighbours in memory: <c>(1, H, S, d)</c> to <c>(1, H, S, d)</c>, the numbers of
    /// successive tokens side by side. Checked are values and strides.</summary>
    public static Exercise<Func<Tensor, Tensor?>> TokensLast { get; } = new(
        "Tokens side by side",
        "transpose(2, 3) only changes how the numbers are addressed, contiguous() moves them, and a second transpose gives the "
            + "shape back.",
        0,
        [.. new (long Heads, long Tokens, long Width)[] { (1, 5, 3), (2, 7, 4), (4, 64, 96) }
            .Select(c => new ExerciseCase<Func<Tensor, Tensor?>>(
                $"{c.Heads} head{(c.Heads == 1 ? "" : "s")} of {c.Tokens} tokens {c.Width} wide",
                answer => answer(Normal(9, 1, c.Heads, c.Tokens, c.Width)) is { } keys ? WithStrides(keys) : null,
                () => WithStrides(Normal(9, 1, c.Heads, c.Tokens, c.Width).mT.contiguous().mT)))]);

    /// <summary>Inputs after which a state is neither 0 nor a normal number: D and S to u <c>(1, D, S)</c>, for A = -1, Δ = 0.1
    /// and B = 1. Checked is the state after the last token.</summary>
    public static Exercise<Func<long, long, Tensor?>> Whisper { get; } = new(
        "A whisper",
        "Write something at the first token and nothing after it: the state halves about every seven tokens.",
        0,
        [.. new (long Channels, long Tokens)[] { (1, 1000), (5, 1500), (16, 4096) }
            .Select(c => new ExerciseCase<Func<long, long, Tensor?>>(
                $"D = {c.Channels}, S = {c.Tokens:N0}",
                answer => answer(c.Channels, c.Tokens) is { } u ? ShareOfWhispers(u) : null,
                () => ones(1)))]);

    private static long FewestOf(long width)
    {
        // Of full chunks, so that all lengths are compared alike.
        double OfToken(long chunk) => MlstmComplexity.Chunkwise(1000 * chunk, width, chunk) / (1000 * chunk);
        var best = 1L;
        for (var chunk = 2L; chunk <= LongestChunk; chunk++)
        {
            best = OfToken(chunk) < OfToken(best) ? chunk : best;
        }

        return best;
    }

    private static Tensor[] ScanInputs(long channels, long states, long tokens) =>
    [
        Normal(1, 1, channels, tokens), nn.functional.softplus(Normal(2, 1, channels, tokens)),
        -arange(1, states + 1, ScalarType.Float32).expand(channels, states).contiguous(),
        Normal(3, 1, states, tokens), Normal(4, 1, states, tokens),
    ];

    private static Tensor WithStrides(Tensor x) => cat([x.contiguous().flatten(), tensor(x.stride()).to_type(x.dtype)]);

    /// <summary>The share of channels whose state ends below the least normal number, but not at 0.</summary>
    private static Tensor ShareOfWhispers(Tensor u)
    {
        var (channels, tokens) = (u.shape[1], u.shape[2]);
        var once = ones(1, 1, tokens);
        var last = SelectiveScan.ForwardWithState(u, full([1, channels, tokens], 0.1f), full([channels, 1], -1f), once, once)
            .LastState.abs().to_type(ScalarType.Float64);
        return (last.gt(0) & last.lt(LeastNormal)).to_type(ScalarType.Float32).mean().view(1);
    }

    private static Tensor Normal(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return randn(shape, generator: generator);
    }
}
