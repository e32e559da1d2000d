namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What the backward pass of one state reads; tiles are <c>(tokens, lanes)</c>.</summary>
internal unsafe struct BackwardRow<T>
    where T : unmanaged
{
    /// <summary>Tile of Δ'.</summary>
    public T* Steps;

    /// <summary>Tile of Δ'u.</summary>
    public T* Values;

    /// <summary>Tile of g, the gradient of y.</summary>
    public T* G;

    /// <summary>Tile of x, beginning with the state before the chunk.</summary>
    public T* States;

    /// <summary>Tile of e.</summary>
    public T* Decays;

    /// <summary>a of each lane.</summary>
    public T* A;

    /// <summary>Input weights, one a token or one a lane.</summary>
    public T* B;

    /// <summary>Output weights, likewise.</summary>
    public T* C;
}

/// <summary>What the backward pass of one state adds to.</summary>
internal unsafe struct BackwardSums<T>
    where T : unmanaged
{
    /// <summary><c>e_t λ_t</c> of the token after the chunk, then of the chunk's first.</summary>
    public T* Carry;

    /// <summary>Gradient of A, a vector: Σ λ_t x_{t-1} e_t Δ'.</summary>
    public T* A;

    /// <summary>Gradient of the input weights by lanes: a tile, λ_t Δ'u, or its sum over tokens.</summary>
    public T* B;

    /// <summary>Gradient of the output weights, likewise: g_t x_t.</summary>
    public T* C;

    /// <summary>Tile of Σ_n λ B.</summary>
    public T* Weighted;

    /// <summary>Tile of Σ_n λ_t x_{t-1} e_t a.</summary>
    public T* Decayed;
}
