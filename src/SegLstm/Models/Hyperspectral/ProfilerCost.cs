namespace SegLstm.Models.Hyperspectral;

/// <summary>Parameters and multiply-adds as the profiler behind SpectralMamba's tables counts them: hooks on modules that have no
/// parts.</summary>
/// <remarks>
/// <para>Counted: products of linear layers and convolutions, without biases; of an affine norm 4 a value; of a GRU, step by
/// step, 3H(in + H) products and 13H for biases and gates. Not counted: parameters that a module with parts owns itself (class
/// tokens, positions, Mamba's A_log and D), products of two activations (attention), the scan, activations.</para>
/// <para>These rules were inferred here. With them the published rows of CasRNN (353.25K, 572.31M) and SpectralFormer (74.03K,
/// 685.89M) at 145 bands, 14 classes and windows of 3 x 3 come out to every printed digit, as batches of
/// <see cref="TableBatch"/>: see <see cref="CasRnn"/> and <see cref="SpectralFormer"/>.</para>
/// </remarks>
/// <param name="Parameters">Learned numbers of the modules that are counted.</param>
/// <param name="MultiplyAdds">Multiply-adds for one pixel.</param>
public readonly record struct ProfilerCost(long Parameters, long MultiplyAdds)
{
    /// <summary>Pixels of the batch that published multiply-adds are for.</summary>
    public const int TableBatch = 64;

    /// <summary>Parameters in 10³, as the tables print them.</summary>
    public double KiloParameters => Parameters / 1e3;

    /// <summary>Multiply-adds of a batch in 10⁶, as the tables print them.</summary>
    public double MegaMultiplyAdds => TableBatch * MultiplyAdds / 1e6;

    /// <summary>A linear layer.</summary>
    /// <param name="inputs">Width in.</param>
    /// <param name="outputs">Width out.</param>
    /// <param name="places">How often it is applied to a pixel's data.</param>
    /// <param name="bias">Whether it has one.</param>
    public static ProfilerCost Linear(long inputs, long outputs, long places = 1, bool bias = true) =>
        new((inputs * outputs) + (bias ? outputs : 0), places * inputs * outputs);

    /// <summary>A convolution with bias.</summary>
    /// <param name="channels">Input channels that each output sees.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="taps">Numbers of a kernel.</param>
    /// <param name="places">Output places.</param>
    public static ProfilerCost Convolution(long channels, long outputs, long taps, long places) =>
        Linear(channels * taps, outputs, places);

    /// <summary>A norm with scale and shift.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="places">How many vectors it norms.</param>
    public static ProfilerCost Norm(long width, long places) => new(2 * width, 4 * width * places);

    /// <summary>A GRU in one direction, with biases.</summary>
    /// <param name="inputs">Width of an input.</param>
    /// <param name="hidden">Width of the state.</param>
    /// <param name="steps">Steps, over all sequences of a pixel.</param>
    public static ProfilerCost Gru(long inputs, long hidden, long steps) => new(
        (3 * hidden * (inputs + hidden)) + (6 * hidden), steps * ((3 * hidden * (inputs + hidden)) + (13 * hidden)));

    /// <summary>Both.</summary>
    public static ProfilerCost operator +(ProfilerCost a, ProfilerCost b) =>
        new(a.Parameters + b.Parameters, a.MultiplyAdds + b.MultiplyAdds);

    /// <summary>The same module several times.</summary>
    public static ProfilerCost operator *(int times, ProfilerCost cost) => new(times * cost.Parameters, times * cost.MultiplyAdds);
}
