namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The parameters of a block of channels, one vector each.</summary>
internal unsafe struct LaneParameters<T>
    where T : unmanaged
{
    /// <summary>D, or 0.</summary>
    public T* Skip;

    /// <summary>δ, or 0.</summary>
    public T* DeltaBias;

    /// <summary>Whether Δ' is a softplus.</summary>
    public bool Softplus;

    /// <summary>Tile <c>(N, lanes)</c> of a = A·log2(e).</summary>
    public T* A;

    /// <summary>Tile <c>(N, lanes)</c> of input weights that are the same at every token.</summary>
    public T* B;

    /// <summary>Tile <c>(N, lanes)</c> of output weights that are the same at every token.</summary>
    public T* C;
}
