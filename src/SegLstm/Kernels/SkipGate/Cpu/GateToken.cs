namespace SegLstm.Kernels.SkipGate.Cpu;

/// <summary>A token's values, or their gradients.</summary>
internal unsafe ref struct GateToken<T>
    where T : unmanaged
{
    /// <summary>What the cell retrieved.</summary>
    public T* H;

    /// <summary>What goes round the cell.</summary>
    public T* C;

    /// <summary>Weights of that.</summary>
    public T* Skip;

    /// <summary>The gate.</summary>
    public T* Z;

    /// <summary>Outputs; going back, their gradient.</summary>
    public T* Out;
}
