using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_crossEntropy = new("aten::cross_entropy_loss");
            private static readonly Operator s_nll = new("aten::nll_loss_nd");
            private static readonly Operator s_binaryCrossEntropy = new("aten::binary_cross_entropy");
            private static readonly Operator s_binaryCrossEntropyWithLogits = new("aten::binary_cross_entropy_with_logits");
            private static readonly Operator s_mse = new("aten::mse_loss");
            private static readonly Operator s_l1 = new("aten::l1_loss");
            private static readonly Operator s_smoothL1 = new("aten::smooth_l1_loss");
            private static readonly Operator s_huber = new("aten::huber_loss");
            private static readonly Operator s_klDivergence = new("aten::kl_div");
            private static readonly Operator s_cosineEmbedding = new("aten::cosine_embedding_loss");
            private static readonly Operator s_cosineSimilarity = new("aten::cosine_similarity");

            /// <summary>Cross entropy of logits <c>(N, C, *)</c> and int64 class indices <c>(N, *)</c> or class probabilities <c>(N, C, *)</c>.</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
                => s_crossEntropy.Invoke(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Minus the log probability, <c>(N, C, *)</c>, of the int64 class index, <c>(N, *)</c>; index -100 does not count.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => s_nll.Invoke(input, target, weight, (long)reduction, -100);

            /// <summary>Binary cross entropy of probabilities.</summary>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => s_binaryCrossEntropy.Invoke(input, target, weight, (long)reduction);

            /// <summary>Binary cross entropy of logits, computed without overflow.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                => s_binaryCrossEntropyWithLogits.Invoke(input, target, weight, pos_weights, (long)reduction);

            /// <summary>The squared error.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_mse.Invoke(input, target, (long)reduction);

            /// <summary>The absolute error.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_l1.Invoke(input, target, (long)reduction);

            /// <summary>The squared error below <paramref name="beta"/>, the absolute error above.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
                => s_smoothL1.Invoke(input, target, (long)reduction, beta);

            /// <summary>The squared error below <paramref name="delta"/>, <paramref name="delta"/> times the absolute error above.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean)
                => s_huber.Invoke(input, target, (long)reduction, delta);

            /// <summary>The Kullback-Leibler divergence of log probabilities from the target. Mind: the target is taken as log probabilities by default.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean)
                => s_klDivergence.Invoke(input, target, (long)reduction, log_target);

            /// <summary>One minus the cosine for pairs with target 1, the cosine above the margin for those with -1.</summary>
            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean)
                => s_cosineEmbedding.Invoke(input1, input2, target, margin, (long)reduction);

            /// <summary>The cosine of the angle between vectors along <paramref name="dim"/>.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) => s_cosineSimilarity.Invoke(x1, x2, dim, eps);
        }
    }
}
