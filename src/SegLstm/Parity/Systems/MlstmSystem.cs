using SegLstm.Kernels.Mlstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>The mLSTM kernels in their forms.</summary>
public sealed class MlstmSystem : GoldenSystem
{
    private static readonly string[] LastState = ["c_last", "n_last", "m_last"];

    /// <inheritdoc/>
    public override string Name => "mlstm";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Has("function") ? ParallelSimple(config, tensors) : Kernel(config, tensors);
    }

    /// <summary>The function of the Vision-LSTM repository, whose gates are (B, H, S, 1).</summary>
    private static Subject ParallelSimple(GoldenConfig config, GoldenTensors tensors)
    {
        config.Only("function", "parallel_stabilized_simple");
        long batch = config.Integer("B"), heads = config.Integer("NH"), tokens = config.Integer("S"), width = config.Integer("DH");
        var (rowwise, eps) = (config.Flag("stabilize_rowwise", true), config.Number("eps", 1e-6));
        var q = tensors.Of("q", batch, heads, tokens, width);
        var k = tensors.Of("k", batch, heads, tokens, width);
        var v = tensors.Of("v", batch, heads, tokens, width);
        var i = tensors.Of("i", batch, heads, tokens, 1);
        var f = tensors.Of("f", batch, heads, tokens, 1);
        return new Subject(() => [("h", MlstmParallel.Forward(q, k, v, i.squeeze(-1), f.squeeze(-1), rowwise, eps))]);
    }

    private static Subject Kernel(GoldenConfig config, GoldenTensors tensors)
    {
        long batch = config.Integer("B"), heads = config.Integer("NH"), tokens = config.Integer("S");
        long keyWidth = config.Integer("DHQK"), valueWidth = config.Integer("DHV");
        var eps = config.Number("eps", 1e-6);
        var form = config.Text("form");
        if (form == "one recurrent step")
        {
            return Step(tensors, eps, [batch, heads], keyWidth, valueWidth);
        }

        var q = tensors.Of("q", batch, heads, tokens, keyWidth);
        var k = tensors.Of("k", batch, heads, tokens, keyWidth);
        var v = tensors.Of("v", batch, heads, tokens, valueWidth);
        var i = tensors.Of("i", batch, heads, tokens);
        var f = tensors.Of("f", batch, heads, tokens);
        switch (Kind(form))
        {
            case "parallel":
                return new Subject(() => [("h", MlstmParallel.Forward(q, k, v, i, f, eps: eps))]);
            case "parallel, forget-gate sums taken by masked cumulative sum":
                return new Subject(() =>
                {
                    var (h, n, m) = MlstmParallel.ForwardStable(q, k, v, i, f, eps);
                    return [("h", h), ("n", n), ("m", m)];
                }) { Optional = ["n", "m"] };
        }

        var initial = State(tensors, [batch, heads], keyWidth, valueWidth);
        Subject Stateful(Func<(Tensor H, MlstmState Last)> run) => new(() =>
        {
            var (h, last) = run();
            return [("h", h), ("c_last", last.C), ("n_last", last.N), ("m_last", last.M)];
        }) { Optional = LastState };
        switch (Kind(form))
        {
            case "recurrent":
                return Stateful(() => MlstmRecurrent.Forward(q, k, v, i, f, initial, eps));
            case "chunkwise" or "arbitrary length":
                var chunk = config.Integer("chunk_size");
                return Stateful(() => MlstmChunkwise.Forward(q, k, v, i, f, chunk, initial, eps: eps));
            case "chunkwise, custom backward":
                var length = config.Integer("chunk_size");
                return Stateful(() => MlstmChunkwise.Forward(q, k, v, i, f, length, initial, normalizerGradient: false, eps));
            default:
                throw config.Wrong("form", "a known form of the mLSTM: parallel, recurrent, one recurrent step, chunkwise, arbitrary length");
        }
    }

    /// <summary>The authors cover any length in several ways, told behind the words; ours takes the length as it is.</summary>
    private static string Kind(string form) => form.StartsWith("arbitrary length", StringComparison.Ordinal) ? "arbitrary length" : form;

    private static Subject Step(GoldenTensors tensors, double eps, long[] lead, long keyWidth, long valueWidth)
    {
        var q = tensors.Of("q", [.. lead, keyWidth]);
        var k = tensors.Of("k", [.. lead, keyWidth]);
        var v = tensors.Of("v", [.. lead, valueWidth]);
        var i = tensors.Of("i", [.. lead, 1]);
        var f = tensors.Of("f", [.. lead, 1]);
        var state = State(tensors, lead, keyWidth, valueWidth) ?? MlstmState.Zero(k.unsqueeze(2), valueWidth);
        return new Subject(() =>
        {
            var (h, next) = MlstmRecurrent.Step(q, k, v, i, f, state, eps);
            return [("h", h), ("c", next.C), ("n", next.N), ("m", next.M)];
        });
    }

    private static MlstmState? State(GoldenTensors tensors, long[] lead, long keyWidth, long valueWidth) =>
        tensors.InputNames.Contains("c0")
            ? new MlstmState(tensors.Of("c0", [.. lead, keyWidth, valueWidth]), tensors.Of("n0", [.. lead, keyWidth]), tensors.Of("m0", [.. lead, 1]))
            : null;
}
