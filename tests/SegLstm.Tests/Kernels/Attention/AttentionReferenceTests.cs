using SegLstm.Kernels.Attention;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Attention;

public sealed class AttentionReferenceTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void Attention_equals_the_formula_by_hand(int heads, bool biased)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int Tokens = 3, Dim = 4;
        var width = Dim / heads;
        var qkv = randn([Tokens, 3 * Dim], dtype: ScalarType.Float64);
        var bias = randn([heads, Tokens, Tokens], dtype: ScalarType.Float64);
        var (values, offsets) = (qkv.data<double>().ToArray(), bias.data<double>().ToArray());
        double At(int token, int part, int head, int c) => values[(token * 3 * Dim) + (part * Dim) + (head * width) + c];
        var expected = new double[Tokens * Dim];
        for (var head = 0; head < heads; head++)
        {
            for (var query = 0; query < Tokens; query++)
            {
                var weights = new double[Tokens];
                for (var key = 0; key < Tokens; key++)
                {
                    var product = Enumerable.Range(0, width).Sum(c => At(query, 0, head, c) * At(key, 1, head, c));
                    weights[key] = Math.Exp((product / Math.Sqrt(width)) + (biased ? offsets[(((head * Tokens) + query) * Tokens) + key] : 0));
                }

                for (var c = 0; c < width; c++)
                {
                    expected[(query * Dim) + (head * width) + c] =
                        Enumerable.Range(0, Tokens).Sum(key => weights[key] * At(key, 2, head, c)) / weights.Sum();
                }
            }
        }

        var got = AttentionReference.Forward(qkv.unsqueeze(0), heads, biased ? bias : null);
        Close.Within(got.squeeze(0), tensor(expected).reshape(Tokens, Dim), 1e-14, "attention");
    }

    [Fact]
    public void Sequences_and_windows_do_not_see_each_other()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var qkv = randn([2, 3, 4, 12], dtype: ScalarType.Float64);
        var one = AttentionReference.Forward(qkv[1, 2].unsqueeze(0), 2).squeeze(0);
        Close.Within(one, AttentionReference.Forward(qkv, 2)[1, 2], 1e-14, "one window");
    }
}
