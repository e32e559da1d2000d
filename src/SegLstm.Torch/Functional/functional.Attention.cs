using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_attention = new("aten::scaled_dot_product_attention");
            private static readonly Operator s_attentionOf1_13 = new("aten::_scaled_dot_product_attention");

            /// <summary>
            /// softmax(Q Kᵀ / √d + mask) V for <c>(…, L, d)</c>. libtorch 1.13 has the operator under a private name that returns the
            /// weights too; later versions under the public one.
            /// </summary>
            /// <param name="query">Queries, <c>(…, L, d)</c>.</param>
            /// <param name="key">Keys, <c>(…, S, d)</c>.</param>
            /// <param name="value">Values, <c>(…, S, v)</c>.</param>
            /// <param name="attn_mask">Added to the products; a boolean mask keeps what is true.</param>
            /// <param name="p">Probability of dropping a weight; it is applied whenever it is above 0, so pass 0 at evaluation.</param>
            /// <param name="is_casual">Whether a query sees only the keys up to its own position.</param>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (s_attention.Exists) return s_attention.Invoke(query, key, value, attn_mask, p, is_casual);
                var (output, weights) = s_attentionOf1_13.Invoke2(query, key, value, attn_mask, p, false, is_casual);
                weights?.Dispose();
                return output;
            }
        }
    }
}
