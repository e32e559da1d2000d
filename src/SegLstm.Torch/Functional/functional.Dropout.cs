using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_dropout = new("aten::dropout"), s_dropoutInPlace = new("aten::dropout_");
            private static readonly Operator s_featureDropout = new("aten::feature_dropout"), s_featureDropoutInPlace = new("aten::feature_dropout_");

            /// <summary>Sets elements to zero with probability <paramref name="p"/> and scales the rest up; does nothing outside training.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => (inplace ? s_dropoutInPlace : s_dropout).Invoke(input, p, training);

            /// <summary>Drops whole channels of <c>(N, C, L)</c> or <c>(C, L)</c>.</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => DropChannels(input, p, training, inplace, dimensions: 1);

            /// <summary>Drops whole channels of <c>(N, C, H, W)</c>.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => (inplace ? s_featureDropoutInPlace : s_featureDropout).Invoke(input, p, training);

            private static Tensor DropChannels(Tensor input, double p, bool training, bool inplace, long dimensions)
            {
                var drop = inplace ? s_featureDropoutInPlace : s_featureDropout;
                if (input.dim() != dimensions + 1) return drop.Invoke(input, p, training);
                using var batch = input.unsqueeze(0);
                using var dropped = drop.Invoke(batch, p, training);
                return dropped.squeeze(0);
            }
        }
    }
}
