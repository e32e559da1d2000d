namespace SegLstm.Kernels.Attention;

/// <summary>What attention costs.</summary>
public static class AttentionComplexity
{
    /// <summary>Multiply-adds on one sequence: both products, the scale of the queries, the softmax.</summary>
    /// <param name="tokens">Tokens N.</param>
    /// <param name="dim">Token width D.</param>
    /// <param name="heads">Heads.</param>
    public static double MultiplyAdds(double tokens, double dim, double heads) =>
        (2 * tokens * tokens * dim) + (tokens * dim) + (heads * tokens * tokens);
}
