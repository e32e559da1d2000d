namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The parameters of a block of channels in a sample.</summary>
internal unsafe struct LaneParameters<T>
    where T : unmanaged
{
    /// <summary>D of each lane, or 0.</summary>
    public T* Skip;

    /// <summary>δ of each lane, or 0.</summary>
    public T* DeltaBias;

    /// <summary>Whether Δ' is a softplus.</summary>
    public bool Softplus;

    /// <summary>Tile <c>(N, lanes)</c> of a = A·log2(e).</summary>
    public T* A;

    /// <summary>Input weights that are the same at every token, a tile <c>(N, lanes)</c>; else room for those of a chunk, where they
    /// must be copied.</summary>
    public T* B;

    /// <summary>Output weights, likewise.</summary>
    public T* C;
}
