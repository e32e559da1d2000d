namespace SegLstm.Kernels.Mlstm;

/// <summary>Multiply-adds of the mLSTM forms in closed form, for one head and equal key and value width d.</summary>
/// <remarks>Causal products are counted by the entries that are needed, S(S+1)/2, not by the whole square.</remarks>
public static class MlstmComplexity
{
    /// <summary>The form that the options choose for this length.</summary>
    /// <param name="options">Form and chunk size.</param>
    /// <param name="tokens">S.</param>
    /// <param name="width">d, width of a head.</param>
    public static double MultiplyAdds(MlstmOptions options, long tokens, long width) => options.Form switch
    {
        MlstmForm.Recurrent => Recurrent(tokens, width),
        _ when options.ChunkFor(tokens, width) < tokens => Chunkwise(tokens, width, options.ChunkFor(tokens, width)),
        _ => Parallel(tokens, width),
    };

    /// <summary><c>S(S+1)/2 · (2d + 3)</c>: scores, values, and for each entry the gate, its exponential and the
    /// product.</summary>
    public static double Parallel(long tokens, long width) => tokens * (tokens + 1.0) / 2 * ((2.0 * width) + 3);

    /// <summary><c>S · (3d² + 4d)</c>: decay, write and read of the memory, and the normaliser.</summary>
    public static double Recurrent(long tokens, long width) => tokens * ((3.0 * width * width) + (4.0 * width));

    /// <summary>Inside the chunks as <see cref="Parallel"/>; per token one read and one write of the memory, <c>2d² + 2d</c>; its
    /// decay once a chunk.</summary>
    public static double Chunkwise(long tokens, long width, long chunk)
    {
        var (full, rest) = (tokens / chunk, tokens % chunk);
        return (full * Parallel(chunk, width)) + Parallel(rest, width)
            + (tokens * ((2.0 * width * width) + (2.0 * width))) + ((full + (rest > 0 ? 1 : 0)) * (2.0 * width * width));
    }
}
