using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Tiles <c>(tokens, lanes)</c> that the backward pass of a chunk fills.</summary>
internal unsafe struct BackwardTiles<T>
    where T : unmanaged
{
    /// <summary>Vectors that all take.</summary>
    public const int Vectors = (11 * ScanShape.Chunk) + 1;

    /// <summary>u.</summary>
    public T* U;

    /// <summary>Δ.</summary>
    public T* Delta;

    /// <summary>Δ'.</summary>
    public T* Steps;

    /// <summary>Δ'u.</summary>
    public T* Values;

    /// <summary>y.</summary>
    public T* Y;

    /// <summary>z, then its gradient.</summary>
    public T* Z;

    /// <summary>g, the gradient of y.</summary>
    public T* G;

    /// <summary>s = Σ_n λ B, then the gradient of u.</summary>
    public T* Weighted;

    /// <summary>q = Σ_n λ_t x_{t-1} e_t a, then the gradient of Δ.</summary>
    public T* Decayed;

    /// <summary>e of one state.</summary>
    public T* Decays;

    /// <summary>x of one state, from before the chunk on.</summary>
    public T* States;

    /// <summary>Takes the memory.</summary>
    public BackwardTiles(Scratch<T> scratch)
    {
        U = scratch.Take(ScanShape.Chunk);
        Delta = scratch.Take(ScanShape.Chunk);
        Steps = scratch.Take(ScanShape.Chunk);
        Values = scratch.Take(ScanShape.Chunk);
        Y = scratch.Take(ScanShape.Chunk);
        Z = scratch.Take(ScanShape.Chunk);
        G = scratch.Take(ScanShape.Chunk);
        Weighted = scratch.Take(ScanShape.Chunk);
        Decayed = scratch.Take(ScanShape.Chunk);
        Decays = scratch.Take(ScanShape.Chunk);
        States = scratch.Take(ScanShape.Chunk + 1);
    }
}
