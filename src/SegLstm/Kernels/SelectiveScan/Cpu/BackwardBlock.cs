using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What the backward pass holds for a block of channels: tiles <c>(tokens, lanes)</c> of the chunk that it is at, and
/// sums that it carries from chunk to chunk.</summary>
internal readonly unsafe struct BackwardBlock<T>
    where T : unmanaged
{
    /// <summary>The block's parameters.</summary>
    public readonly LaneParameters<T> Parameters;

    /// <summary>Takes the memory and sets the sums to 0.</summary>
    /// <param name="scratch">Memory.</param>
    /// <param name="parameters">The block's parameters.</param>
    /// <param name="states">N.</param>
    public BackwardBlock(Scratch<T> scratch, in LaneParameters<T> parameters, int states)
    {
        Parameters = parameters;
        U = scratch.Take(ScanShape.Chunk);
        Delta = scratch.Take(ScanShape.Chunk);
        Steps = scratch.Take(ScanShape.Chunk);
        Values = scratch.Take(ScanShape.Chunk);
        Y = scratch.Take(ScanShape.Chunk);
        Z = scratch.Take(ScanShape.Chunk);
        G = scratch.Take(ScanShape.Chunk);
        Weighted = scratch.Take(ScanShape.Chunk);
        Decayed = scratch.Take(ScanShape.Chunk);
        Carry = scratch.Take(states);
        A = scratch.TakeCleared(states);
        B = scratch.TakeCleared(states);
        C = scratch.TakeCleared(states);
        Skip = scratch.TakeCleared(1);
        DeltaBias = scratch.TakeCleared(1);
        LargestStep = scratch.Take(1);
    }

    /// <summary>u.</summary>
    public T* U { get; }

    /// <summary>Δ.</summary>
    public T* Delta { get; }

    /// <summary>Δ'.</summary>
    public T* Steps { get; }

    /// <summary>Δ'u.</summary>
    public T* Values { get; }

    /// <summary>y.</summary>
    public T* Y { get; }

    /// <summary>z, then its gradient.</summary>
    public T* Z { get; }

    /// <summary>g, the gradient of y.</summary>
    public T* G { get; }

    /// <summary>s = Σ_n λ B, then the gradient of u.</summary>
    public T* Weighted { get; }

    /// <summary>q = Σ_n λ_t x_{t-1} e_t a, then the gradient of Δ.</summary>
    public T* Decayed { get; }

    /// <summary>Tile <c>(N, lanes)</c> of <c>e_t λ_t</c> of the token after the chunk; after the last token the gradient of the
    /// last state.</summary>
    public T* Carry { get; }

    /// <summary>Gradient of A, a tile <c>(N, lanes)</c>.</summary>
    public T* A { get; }

    /// <summary>Gradient of input weights that are the same at every token, likewise.</summary>
    public T* B { get; }

    /// <summary>Gradient of output weights that are the same at every token, likewise.</summary>
    public T* C { get; }

    /// <summary>Gradient of D, a vector.</summary>
    public T* Skip { get; }

    /// <summary>Gradient of δ, a vector.</summary>
    public T* DeltaBias { get; }

    /// <summary>The largest |Δ'| of each lane.</summary>
    public T* LargestStep { get; }

    /// <summary>Pieces of memory.</summary>
    public static int Pieces => 16;

    /// <summary>Vectors of memory.</summary>
    public static int Vectors(int states) => (9 * ScanShape.Chunk) + (4 * states) + 3;
}
