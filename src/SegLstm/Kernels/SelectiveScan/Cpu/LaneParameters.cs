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

    /// <summary>Input weights: of the block's group <c>(L, N)</c>, or a tile <c>(N, lanes)</c> of those that are the same at
    /// every token.</summary>
    public T* B;

    /// <summary>Output weights, likewise.</summary>
    public T* C;
}
