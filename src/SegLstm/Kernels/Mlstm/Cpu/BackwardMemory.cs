using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>Matrices and vectors of a chunk's backward pass. Rows are tokens unless a name ends in Panels, where they lie
/// <c>(tokens / lanes, width, lanes)</c>.</summary>
internal sealed unsafe class BackwardMemory<T> : IDisposable
    where T : unmanaged, INumberBase<T>
{
    private readonly Scratch<T> scratch;

    /// <summary>Takes memory.</summary>
    public BackwardMemory(MlstmShape shape, int lanes)
    {
        var (chunk, keys, values) = (shape.Chunk, shape.Keys, shape.Values);
        var elements = ((long)chunk * ((5 * keys) + (5 * values) + (2 * chunk) + lanes + 9)) + (2L * keys * values)
            + keys + values;
        scratch = new Scratch<T>(elements / lanes, 26, lanes);
        T* Take(int count) => scratch.Take(count / lanes);
        T* ByKeys() => Take(chunk * keys);
        T* ByValues() => Take(chunk * values);
        T* Each() => Take(chunk);
        Q = ByKeys();
        K = ByKeys();
        DQ = ByKeys();
        DK = ByKeys();
        QPanels = ByKeys();
        V = ByValues();
        G = ByValues();
        DV = ByValues();
        H = ByValues();
        GPanels = ByValues();
        Weights = Take(chunk * chunk);
        Scores = Take(chunk * chunk);
        Tile = Take(chunk * lanes);
        GH = Each();
        Dot = Each();
        Inverse = Each();
        OfFloor = Each();
        OfStabilizer = Each();
        DU = Each();
        Factors = Each();
        Ones = Each();
        Places = Each();
        StateGradient = Take(keys * values);
        TurnedStateGradient = Take(keys * values);
        NormalizerGradient = Take(keys);
        Decay = Take(values);
        new Span<T>(Ones, chunk).Fill(T.One);
        for (var t = 0; t < chunk; t++)
        {
            Places[t] = T.CreateTruncating(t);
        }
    }

    /// <summary>Room for queries, later weighed.</summary>
    public T* Q { get; }

    /// <summary>Room for keys.</summary>
    public T* K { get; }

    /// <summary>Room for the gradient of the queries.</summary>
    public T* DQ { get; }

    /// <summary>Room for the gradient of the keys.</summary>
    public T* DK { get; }

    /// <summary>Queries.</summary>
    public T* QPanels { get; }

    /// <summary>Room for values.</summary>
    public T* V { get; }

    /// <summary>Gradient of the numerators.</summary>
    public T* G { get; }

    /// <summary>Room for the gradient of the values.</summary>
    public T* DV { get; }

    /// <summary>Room for retrieved values.</summary>
    public T* H { get; }

    /// <summary>Gradient of the numerators.</summary>
    public T* GPanels { get; }

    /// <summary>Pᵀ.</summary>
    public T* Weights { get; }

    /// <summary>Gradient of the scores, transposed.</summary>
    public T* Scores { get; }

    /// <summary>A vector a token.</summary>
    public T* Tile { get; }

    /// <summary>Gradient of h times h.</summary>
    public T* GH { get; }

    /// <summary>Gradient of the dots.</summary>
    public T* Dot { get; }

    /// <summary>1 / (N + eps).</summary>
    public T* Inverse { get; }

    /// <summary>Gradient of b by the floor of N.</summary>
    public T* OfFloor { get; }

    /// <summary>Gradient of w by eps, and by floors that are capped.</summary>
    public T* OfStabilizer { get; }

    /// <summary>Gradient of u.</summary>
    public T* DU { get; }

    /// <summary>Room for a number a token.</summary>
    public T* Factors { get; }

    /// <summary>1 for each token.</summary>
    public T* Ones { get; }

    /// <summary>0, 1, 2 …</summary>
    public T* Places { get; }

    /// <summary>Gradient of the memory behind the chunk, transposed: <c>(values, keys)</c>.</summary>
    public T* StateGradient { get; }

    /// <summary>The same as <c>(keys, values)</c>.</summary>
    public T* TurnedStateGradient { get; }

    /// <summary>Gradient of its normaliser.</summary>
    public T* NormalizerGradient { get; }

    /// <summary>Room for a number a value.</summary>
    public T* Decay { get; }

    /// <inheritdoc/>
    public void Dispose() => scratch.Dispose();
}
