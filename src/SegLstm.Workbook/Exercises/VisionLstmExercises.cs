using SegLstm.Kernels.Mlstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/01-vision-lstm.ipynb</c>.</summary>
/// <remarks>Shape letters: S tokens, B batch, C channels, h and w rows and columns.</remarks>
public static class VisionLstmExercises
{
    /// <summary>
    /// What is left at token t of what token s wrote: forget gate pre-activations f <c>(S)</c> to <c>(S, S)</c>, entry
    /// [t, s] the product of sigmoid(f) over s+1 .. t, 0 for s &gt; t.
    /// </summary>
    public static Exercise<Func<Tensor, Tensor?>> Decay { get; } = new(
        "Decay",
        "Sum the logarithms: F = logsigmoid(f).cumsum(0), then entry [t, s] is exp(F[t] - F[s]). "
            + "unsqueeze makes a column of t and a row of s; tril() clears s > t.",
        1e-5,
        [.. Sequences((1, 1), (7, 1), (12, 3)).Select(c => new ExerciseCase<Func<Tensor, Tensor?>>(
            c.Name, answer => answer(c.Forget()), () => DecayOf(c.Forget())))]);

    /// <summary>The stabiliser of every token, starting from nothing: gate pre-activations i and f <c>(S)</c> to m
    /// <c>(S)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor?>> Stabilizer { get; } = new(
        "Stabiliser",
        "Go through the tokens with m = negative infinity at first: m = max(logsigmoid(f[t]) + m, i[t]). The first m is i[0].",
        1e-5,
        [.. Sequences((1, 1), (9, 1), (40, 8)).Select(c => new ExerciseCase<Func<Tensor, Tensor, Tensor?>>(
            c.Name, answer => answer(c.Input(), c.Forget()), () => StabilizerOf(c.Input(), c.Forget())))]);

    /// <summary>The tokens of a feature map in reversed reading order, from the bottom right: <c>(B, C, h, w)</c> to
    /// <c>(B, h·w, C)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor?>> ReversedTokens { get; } = new(
        "Reversed tokens",
        "flatten(2) makes one axis of h and w, row by row; transpose(1, 2) puts the tokens first; "
            + "flip(1) turns their order round.",
        0,
        [.. new (int Channels, int Rows, int Columns)[] { (1, 2, 2), (3, 4, 5), (2, 6, 1) }
            .Select(c => new ExerciseCase<Func<Tensor, Tensor?>>(
                $"a map of {c.Channels} x {c.Rows} x {c.Columns}",
                answer => answer(Map(c.Channels, c.Rows, c.Columns)),
                () => Map(c.Channels, c.Rows, c.Columns).permute(0, 2, 3, 1).flatten(1, 2).flip(1)))]);

    /// <summary>Number of chunks, and entries [t, s] with s ≤ t in all their gate matrices: (tokens, chunk length) to
    /// both.</summary>
    public static Exercise<Func<long, long, (long Chunks, long Entries)>> ChunkCost { get; } = new(
        "Chunks",
        "S / L full chunks, and one of S % L tokens where that is not 0. "
            + "A chunk of n tokens has n (n + 1) / 2 entries on and below the diagonal.",
        0,
        [.. new (long Tokens, long Length)[] { (64, 64), (1024, 64), (100, 64), (5, 64), (53, 1) }
            .Select(c => new ExerciseCase<Func<long, long, (long Chunks, long Entries)>>(
                $"{c.Tokens} tokens in chunks of {c.Length}",
                answer => answer(c.Tokens, c.Length) is var (chunks, entries) && (chunks, entries) != (0, 0)
                    ? tensor(new[] { chunks, entries })
                    : null,
                () => ChunksOf(c.Tokens, c.Length)))]);

    private static IEnumerable<(string Name, Func<Tensor> Input, Func<Tensor> Forget)> Sequences(
        params (int Tokens, double Spread)[] sizes) =>
        sizes.Select(size => (
            FormattableString.Invariant($"{size.Tokens} token{(size.Tokens == 1 ? "" : "s")} and gates that spread by {size.Spread}"),
            // Input gates below the forget gates at first, so that a start from m = 0 shows.
            (Func<Tensor>)(() => Gates(size.Tokens, size.Spread, seed: 5) - (4 * size.Spread)),
            (Func<Tensor>)(() => Gates(size.Tokens, size.Spread, seed: 6))));

    private static Tensor Gates(int tokens, double spread, ulong seed)
    {
        using var generator = new Generator(seed);
        return randn([tokens], generator: generator) * spread;
    }

    private static Tensor Map(int channels, int rows, int columns)
    {
        using var generator = new Generator(7);
        return randn([2, channels, rows, columns], generator: generator);
    }

    /// <summary>The decays as the kernel itself has them: with queries and keys of 1, open input gates and one-hot values, a
    /// row of outputs is a row of decays over its normaliser.</summary>
    private static Tensor DecayOf(Tensor f)
    {
        long tokens = f.shape[0];
        Tensor one = ones([1, 1, tokens, 1], dtype: ScalarType.Float64), open = zeros([1, 1, tokens], dtype: ScalarType.Float64);
        Tensor values = eye(tokens, dtype: ScalarType.Float64).view(1, 1, tokens, tokens);
        Tensor gates = f.to_type(ScalarType.Float64).view(1, 1, -1);
        var (_, n, m) = MlstmParallel.ForwardStable(one, one, one, open, gates, eps: 0);
        Tensor h = MlstmParallel.Forward(one, one, values, open, gates, eps: 0);
        return (h * (n * m.exp()).unsqueeze(-1)).view(tokens, tokens).to_type(f.dtype);
    }

    private static Tensor StabilizerOf(Tensor i, Tensor f)
    {
        Tensor one = ones([1, 1, i.shape[0], 1], dtype: i.dtype);
        return MlstmParallel.ForwardStable(one, one, one, i.view(1, 1, -1), f.view(1, 1, -1)).M.flatten();
    }

    // Counted entry by entry, in another way than the formula that is asked for.
    private static Tensor ChunksOf(long tokens, long length)
    {
        long chunks = 0, entries = 0;
        for (long t = 0; t < tokens; t++)
        {
            chunks += t % length == 0 ? 1 : 0;
            entries += (t % length) + 1;
        }

        return tensor(new[] { chunks, entries });
    }
}
