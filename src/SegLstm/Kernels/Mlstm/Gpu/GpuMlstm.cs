using SegLstm.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Gpu;

/// <summary>The mLSTM over whole sequences without a past on a device, forward and exact gradient, in float32; the function of
/// <see cref="MlstmSequence"/>; <c>mlstm.cl</c> says how.</summary>
/// <remarks>
/// Inputs are contiguous: q, k <c>(B, H, S, K)</c>, v <c>(B, H, S, V)</c>, i, f <c>(B, H, S)</c>. Memory beside inputs and
/// results, forward: a state <c>K (V + 1)</c> and 64 scores a token for every 64 tokens, and <c>V + 1</c> sums a token; backward
/// twice that. Results do not depend on <paramref name="groupSize"/>. Errors against the parallel form in float64, by the largest
/// number: 5e-6 forward, 2e-5 backward.
/// </remarks>
/// <param name="gpu">The device.</param>
/// <param name="groupSize">Threads in a group: a divisor of 64.</param>
/// <param name="eps">Added to the normaliser.</param>
internal sealed class GpuMlstm(IGpu gpu, int groupSize = 64, double eps = 1e-6)
{
    /// <summary>Tokens in a chunk: <c>CHUNK</c> of the kernels.</summary>
    private const int Chunk = 64;

    /// <summary>Side of a tile of sums: <c>TILE</c> of the kernels.</summary>
    private const int Tile = 32;

    /// <summary>Pieces of a tile, 4 by 4 sums each, that the threads of a group share equally, because they must meet at
    /// barriers.</summary>
    private const int Pieces = (Tile / 4) * (Tile / 4);

    private static readonly GpuSource Source = GpuSource.Mlstm;

    private readonly int groupSize = groupSize > 0 && Pieces % groupSize == 0
        ? groupSize
        : throw new ArgumentException(
            $"Expected a divisor of {Pieces} as the size of a group, got {groupSize}.", nameof(groupSize));

    /// <summary>Runs the sequence.</summary>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor Forward(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f)
    {
        MlstmShapes.Check(q, k, v, i, f);
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var run = gpu.Begin();
        var pass = new Pass(run, groupSize, eps, q, k, v, i, f);
        pass.Forward();
        var h = empty_like(v);
        pass.Each("mlstm_outputs", v.numel(), pass.Sums, pass.B, pass.Running, pass.Past, h, pass.Heads, pass.Tokens,
            pass.ValueWidth, (float)eps);
        run.Finish();
        return h.MoveToOuterDisposeScope();
    }

    /// <summary>Gradients of <see cref="Forward"/>, which is computed again.</summary>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="i">Input gates.</param>
    /// <param name="f">Forget gates.</param>
    /// <param name="gradient">Gradient of the retrieved values <c>(B, H, S, V)</c>, contiguous.</param>
    /// <returns>Gradients of the inputs, in their order.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor[] Backward(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, Tensor gradient)
    {
        MlstmShapes.Check(q, k, v, i, f);
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var run = gpu.Begin();
        var pass = new Pass(run, groupSize, eps, q, k, v, i, f);
        pass.Forward();
        var gradients = pass.Backward(gradient);
        run.Finish();
        return [.. gradients.Select(x => x.MoveToOuterDisposeScope())];
    }

    /// <summary>The launches of one call.</summary>
    private sealed class Pass(
        IGpuRun run, int groupSize, double eps, Tensor q, Tensor k, Tensor v, Tensor i, Tensor f)
    {
        private readonly float scale = (float)Math.Pow(q.shape[3], -0.5);

        public int Heads { get; } = checked((int)(q.shape[0] * q.shape[1]));

        public int Tokens { get; } = checked((int)q.shape[2]);

        public int KeyWidth { get; } = checked((int)q.shape[3]);

        public int ValueWidth { get; } = checked((int)v.shape[3]);

        /// <summary>Running sums of the log forget gates in each chunk, each as two floats <c>(B, H, S, 2)</c>.</summary>
        public Tensor B => field ??= Empty(Tokens, 2);

        /// <summary><c>i - b</c>, likewise.</summary>
        private Tensor U => field ??= Empty(Tokens, 2);

        /// <summary>Running maximum of <see cref="U"/> in each chunk, likewise.</summary>
        public Tensor Running => field ??= Empty(Tokens, 2);

        /// <summary>Stabilisers of the states before the chunks <c>(B, H, chunks)</c>.</summary>
        public Tensor Past => field ??= Empty(Chunks);

        /// <summary>Scores <c>(B, H, chunks, L, L)</c>.</summary>
        private Tensor Scores => field ??= Empty(Chunks, Chunk, Chunk);

        /// <summary>States before the chunks <c>(B, H, chunks, K, V + 1)</c>.</summary>
        private Tensor Before => field ??= Empty(Chunks, KeyWidth, ValueWidth + 1);

        /// <summary>Numerators and normalisers <c>(B, H, S, V + 1)</c>.</summary>
        public Tensor Sums => field ??= Empty(Tokens, ValueWidth + 1);

        private int Chunks => (Tokens + Chunk - 1) / Chunk;

        private int State => KeyWidth * (ValueWidth + 1);

        public void Forward()
        {
            Each("mlstm_gates", (long)Heads * Chunks, i, f, B, U, Running, Heads, Tokens);
            Each("mlstm_stabilisers", Heads, B, Running, Past, Heads, Tokens);
            Tiles("mlstm_parts", KeyWidth, ValueWidth + 1, k, v, U, Running, Past, Before, Tokens, KeyWidth, ValueWidth);
            Each("mlstm_carry", (long)Heads * State, Before, Running, Past, Heads, Tokens, State, 0);
            Tiles("mlstm_scores", Chunk, Chunk, q, k, U, Running, Past, Scores, Tokens, KeyWidth, KeyWidth, scale);
            Tiles("mlstm_sums", Chunk, ValueWidth + 1, q, v, Running, Past, Scores, Before, Sums, Tokens, KeyWidth,
                ValueWidth, scale);
        }

        public Tensor[] Backward(Tensor gradient)
        {
            var (dSums, dm) = (empty_like(Sums), empty_like(i));
            Each("mlstm_output_gradients", (long)Heads * Tokens, Sums, B, Running, Past, gradient, dSums, dm, Heads, Tokens,
                ValueWidth, (float)eps);
            var (behind, dScores) = (empty_like(Before), empty_like(Scores));
            Tiles("mlstm_gradient_parts", KeyWidth, ValueWidth + 1, q, dSums, Running, Past, behind, Tokens, KeyWidth, ValueWidth,
                scale);
            Each("mlstm_carry", (long)Heads * State, behind, Running, Past, Heads, Tokens, State, 1);
            Tiles("mlstm_scores", Chunk, Chunk, dSums, v, U, Running, Past, dScores, Tokens, ValueWidth + 1, ValueWidth, scale);

            var (dq, dk, dv) = (empty_like(q), empty_like(k), empty_like(v));
            Tiles("mlstm_query_gradients", Chunk, KeyWidth, k, Running, Past, dScores, dSums, Before, dq, Tokens, KeyWidth,
                ValueWidth, scale);
            Tiles("mlstm_key_gradients", Chunk, KeyWidth, q, v, U, Running, Past, dScores, behind, dk, Tokens, KeyWidth,
                ValueWidth);
            Tiles("mlstm_value_gradients", Chunk, ValueWidth, k, U, Running, Past, Scores, dSums, behind, dv, Tokens, KeyWidth,
                ValueWidth);

            var (read, written, di, df) = (empty_like(i), empty_like(i), empty_like(i), empty_like(f));
            Each("mlstm_weight_gradients", (long)Heads * Tokens, q, k, dq, dk, read, written, Heads, Tokens, KeyWidth);
            Each("mlstm_gate_gradients", Heads, f, U, Running, Past, read, written, dm, di, df, Heads, Tokens);
            return [dq, dk, dv, di, df];
        }

        /// <summary>A thread a number.</summary>
        public void Each(string kernel, long threads, params GpuArgument[] arguments) =>
            run.Launch(Source, kernel, threads, groupSize, arguments);

        /// <summary>A group a tile of a matrix of each chunk.</summary>
        private void Tiles(string kernel, int rows, int columns, params GpuArgument[] arguments)
        {
            var tiles = (long)Heads * Chunks * ((rows + Tile - 1) / Tile) * ((columns + Tile - 1) / Tile);
            run.Launch(Source, kernel, tiles * groupSize, groupSize, arguments);
        }

        private Tensor Empty(params long[] rest) =>
            empty([q.shape[0], q.shape[1], .. rest], dtype: q.dtype, device: q.device);
    }
}
