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
        var elements = ((long)chunk * ((6 * keys) + (5 * values) + (2 * chunk) + lanes + 9)) + ((long)keys * values) + (2 * keys);
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
        KeyPanels = ByKeys();
        V = ByValues();
        G = ByValues();
        DV = ByValues();
        VPanels = ByValues();
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
        NormalizerGradient = Take(keys);
        Decay = Take(keys);
        new Span<T>(Ones, chunk).Fill(T.One);
        // Columns that no token has are never written, and go into sums with factors of 0.
        new Span<T>(KeyPanels, chunk * keys).Clear();
        for (var t = 0; t < chunk; t++)
        {
            Places[t] = T.CreateTruncating(t);
        }
    }

    /// <summary>Queries.</summary>
    public T* Q { get; }

    /// <summary>Keys.</summary>
    public T* K { get; }

    /// <summary>Gradient of the queries.</summary>
    public T* DQ { get; }

    /// <summary>Gradient of the keys.</summary>
    public T* DK { get; }

    /// <summary>Queries.</summary>
    public T* QPanels { get; }

    /// <summary>What states give to queries and keys.</summary>
    public T* KeyPanels { get; }

    /// <summary>Values.</summary>
    public T* V { get; }

    /// <summary>Gradient of the numerators.</summary>
    public T* G { get; }

    /// <summary>Gradient of the values.</summary>
    public T* DV { get; }

    /// <summary>Values.</summary>
    public T* VPanels { get; }

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

    /// <summary>Gradient of the memory behind the chunk.</summary>
    public T* StateGradient { get; }

    /// <summary>Gradient of its normaliser.</summary>
    public T* NormalizerGradient { get; }

    /// <summary>Room for a number a key.</summary>
    public T* Decay { get; }

    /// <inheritdoc/>
    public void Dispose() => scratch.Dispose();
}
