using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A table of <paramref name="num_embeddings"/> vectors drawn from the normal distribution; the row <paramref name="padding_idx"/> is zero and is not trained.</summary>
        public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            => new Embedding(Modules.Embedding.InitialTable(num_embeddings, embedding_dims, padding_idx, device, dtype), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

        /// <summary>A table that shares the data of <paramref name="embeddings"/>, not trained unless <paramref name="freeze"/> is false.</summary>
        public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            => new Embedding(LayerInitialization.Converted(embeddings, !freeze, dtype, device), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
    }
}
