using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Cross entropy of logits and class indices.</summary>
        public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean)
            => new CrossEntropyLoss(weight, ignore_index, reduction);

        /// <summary>Minus the log probability of the class index.</summary>
        public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new NLLLoss(weight, reduction);

        /// <summary>Binary cross entropy of probabilities.</summary>
        public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new BCELoss(weight, reduction);

        /// <summary>Binary cross entropy of logits.</summary>
        public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            => new BCEWithLogitsLoss(weight, reduction, pos_weights);

        /// <summary>The squared error.</summary>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new MSELoss(reduction);

        /// <summary>The absolute error.</summary>
        public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new L1Loss(reduction);

        /// <summary>The squared error below <paramref name="beta"/>, the absolute error above.</summary>
        public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0)
            => new SmoothL1Loss(reduction, beta);

        /// <summary>The squared error below <paramref name="delta"/>, <paramref name="delta"/> times the absolute error above.</summary>
        public static HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) => new HuberLoss(delta, reduction);

        /// <summary>The Kullback-Leibler divergence of log probabilities from the target.</summary>
        public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean)
            => new KLDivLoss(log_target, reduction);

        /// <summary>One minus the cosine for pairs with target 1, the cosine above the margin for those with -1.</summary>
        public static CosineEmbeddingLoss CosineEmbeddingLoss(double margin = 0.0, Reduction reduction = Reduction.Mean)
            => new CosineEmbeddingLoss(margin, reduction);
    }
}
