using SegLstm.Kernels.Attention;
using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/03-transformers.ipynb</c>.</summary>
/// <remarks>Shape letters: N tokens, d width of a head, B batch, H and W rows and columns, C channels, M side of a
/// window.</remarks>
public static class TransformerExercises
{
    /// <summary>The weights of one head: queries and keys <c>(N, d)</c> to <c>(N, N)</c>, rows summing to 1.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor?>> Weights { get; } = new(
        "Attention weights",
        "q.mm(k.t()) / Math.Sqrt(d), then nn.functional.softmax(..., -1): each query's row sums to 1.",
        1e-5,
        [.. new (int Tokens, int Width, double Spread)[] { (1, 4, 1), (6, 9, 1), (10, 3, 20) }
            .Select(c => new ExerciseCase<Func<Tensor, Tensor, Tensor?>>(
                FormattableString.Invariant($"{c.Tokens} token{(c.Tokens == 1 ? "" : "s")} of width {c.Width} that spread by {c.Spread}"),
                answer => answer(Numbers(3, c.Tokens, c.Width) * c.Spread, Numbers(4, c.Tokens, c.Width)),
                () => WeightsOf(Numbers(3, c.Tokens, c.Width) * c.Spread, Numbers(4, c.Tokens, c.Width))))]);

    /// <summary>A map <c>(B, H, W, C)</c> and M to windows <c>(B, windows, M², C)</c>.</summary>
    public static Exercise<Func<Tensor, long, Tensor?>> Cut { get; } = new(
        "Windows",
        "reshape(B, H / M, M, W / M, M, C), permute(0, 1, 3, 2, 4, 5), reshape(B, windows, M * M, C).",
        0,
        [.. new (int Rows, int Columns, long Window)[] { (4, 4, 2), (6, 9, 3), (4, 2, 1) }
            .Select(c => new ExerciseCase<Func<Tensor, long, Tensor?>>(
                $"a map of {c.Rows} x {c.Columns} in windows of {c.Window} x {c.Window}",
                answer => answer(Numbers(5, 2, c.Rows, c.Columns, 3), c.Window),
                () => TokenWindows.Partition(Numbers(5, 2, c.Rows, c.Columns, 3), c.Window)))]);

    /// <summary>Rows of the table of position biases: M to <c>(M², M²)</c>, queries downwards.</summary>
    public static Exercise<Func<long, Tensor?>> Distances { get; } = new(
        "Distances",
        "rows = arange(M * M).floor_divide(M), columns = arange(M * M) - M * rows; "
            + "differences are query less key: x.unsqueeze(1) - x.unsqueeze(0).",
        0,
        [.. new[] { 1L, 2, 7 }.Select(window => new ExerciseCase<Func<long, Tensor?>>(
            $"a window of {window} x {window}", answer => answer(window), () => TokenWindows.PositionIndex(window)))]);

    /// <summary>Multiply-adds of both products: (tokens, width, side of a window) to full attention and windows.</summary>
    public static Exercise<Func<long, long, long, (long Full, long Windowed)>> ProductCost { get; } = new(
        "Cost",
        "Two products of N · N · D numbers; in windows every query meets M · M keys instead of N.",
        0,
        [.. new (long Tokens, long Width, long Window)[] { (196, 96, 7), (64, 32, 8), (3136, 192, 7) }
            .Select(c => new ExerciseCase<Func<long, long, long, (long Full, long Windowed)>>(
                $"{c.Tokens} tokens of width {c.Width} in windows of {c.Window} x {c.Window}",
                answer => answer(c.Tokens, c.Width, c.Window) is var (full, windowed) && (full, windowed) != (0, 0)
                    ? tensor(new[] { full, windowed })
                    : null,
                () => CostOf(c.Tokens, c.Width, c.Window)))]);

    private static Tensor Numbers(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return randn(shape, generator: generator);
    }

    /// <summary>The layer's own weights: with values that are one-hot, its outputs are its weights.</summary>
    private static Tensor WeightsOf(Tensor q, Tensor k)
    {
        var (tokens, width) = (q.shape[0], q.shape[1]);
        var head = Math.Max(tokens, width);
        // Zeros do not change the products, but the layer divides by the root of the wider head.
        var scaled = q * Math.Sqrt((double)head / width);
        Tensor Wide(Tensor x) => nn.functional.pad(x, [0, head - x.shape[1]]);
        var qkv = cat([Wide(scaled), Wide(k), Wide(eye(tokens))], -1).unsqueeze(0);
        return Attention.Forward(qkv, 1)[0].narrow(1, 0, tokens);
    }

    // Added query by query, in another way than the formula that is asked for.
    private static Tensor CostOf(long tokens, long width, long window)
    {
        long full = 0, windowed = 0;
        for (long query = 0; query < tokens; query++)
        {
            full += 2 * tokens * width;
            windowed += 2 * window * window * width;
        }

        return tensor(new[] { full, windowed });
    }
}
