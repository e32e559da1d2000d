using System.Diagnostics;
using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.HeadNorm;
using SegLstm.Kernels.SkipGate;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Bench.Kernels;

/// <summary>What the kernels between ViL's products take, beside the same on torch operators in turns in the same run, at the
/// widths of ViL-T. All threads, on the clock on the wall.</summary>
internal static class TokenKernelSpeed
{
    private const long Channels = 384;
    private const long Heads = 4;
    private const int Rounds = 31;

    internal static void Run(TextWriter output)
    {
        output.WriteLine(
            $"kernels over tokens, E {Channels}, {get_num_threads()} threads, ns an element, least of {Rounds} rounds "
            + "(times faster than torch operators):");
        var (causal, grid) = (randn(Channels, 1, 4), randn(Channels, 1, 3, 3));
        var (weight, bias) = (randn(Channels), randn(Channels));
        foreach (var (batch, side) in new (long, long)[] { (1, 7), (1, 14), (8, 14), (1, 32), (8, 32) })
        {
            using var scope = NewDisposeScope();
            var tokens = side * side;
            Tensor Tokens() => randn(batch, tokens, Channels);
            // A half of what the up-projection gives, as in the layers.
            Tensor Half(Tensor wide) => wide.narrow(2, 0, Channels);
            var wide = randn(batch, tokens, 2 * Channels);
            Show("causal conv, SiLU", x => CausalConv.Forward(Half(x[0]), x[1], x[2], true),
                x => CausalConvReference.Forward(Half(x[0]), x[1], x[2], true), wide, causal, bias);
            Show("same, channel-major", x => CausalConv.ForwardChannels(x[0], x[1], x[2], true),
                x => CausalConvReference.ForwardChannels(x[0], x[1], x[2], true), randn(batch, Channels, tokens), causal, bias);
            Show("3x3 conv, SiLU", x => GridConv.Forward(Half(x[0]), side, side, x[1], x[2], true),
                x => GridConvReference.Forward(Half(x[0]), side, side, x[1], x[2], true), wide, grid, bias);
            Show("norm, head-major", x => HeadNorm.Forward(x[0], x[1]), x => HeadNormReference.Forward(x[0], x[1]),
                randn(batch, Heads, tokens, Channels / Heads), weight);
            Show("norm, token-major", x => HeadNorm.Forward(x[0].transpose(1, 2), x[1]),
                x => HeadNormReference.Forward(x[0].transpose(1, 2), x[1]),
                randn(batch, tokens, Heads, Channels / Heads), weight);
            Show("skip and gate", x => SkipGate.Forward(x[0], x[1], x[2], Half(x[3])),
                x => SkipGateReference.Forward(x[0], x[1], x[2], Half(x[3])), Tokens(), Tokens(), weight, wide);

            void Show(string name, Func<Tensor[], Tensor> form, Func<Tensor[], Tensor> reference, params Tensor[] inputs)
            {
                var (own, other) = (new double[2], new double[2]);
                own.AsSpan().Fill(double.MaxValue);
                other.AsSpan().Fill(double.MaxValue);
                for (var round = 0; round < Rounds; round++)
                {
                    Measure(form, inputs, own);
                    Measure(reference, inputs, other);
                }

                var elements = batch * tokens * Channels;
                output.WriteLine(
                    $"  {name,-20} B {batch} S {tokens,4}   forward {own[0] / elements,6:F2} ({other[0] / own[0],5:F1} x)   "
                    + $"forward and backward {own[1] / elements,6:F2} ({other[1] / own[1],5:F1} x)");
            }
        }
    }

    private static void Measure(Func<Tensor[], Tensor> form, Tensor[] inputs, double[] least)
    {
        using var scope = NewDisposeScope();
        Tensor[] leaves = [.. inputs.Select(x => x.detach().requires_grad_())];
        using (no_grad())
        {
            var start = Stopwatch.GetTimestamp();
            form(leaves);
            least[0] = Math.Min(least[0], Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        var before = Stopwatch.GetTimestamp();
        var y = form(leaves);
        y.backward([y.detach()]);
        least[1] = Math.Min(least[1], Stopwatch.GetElapsedTime(before).TotalNanoseconds);
    }
}
