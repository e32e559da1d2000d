namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Where the results of a scan go.</summary>
internal unsafe struct ScanOutputs<T>
    where T : unmanaged
{
    /// <summary>Outputs <c>(B, D, L)</c>.</summary>
    public T* Out;

    /// <summary>State after the last token <c>(B, D, N)</c>.</summary>
    public T* LastState;

    /// <summary>States before each chunk but the first <c>(B, blocks, chunks - 1, N, lanes)</c>; null where no gradient will be
    /// asked for.</summary>
    public T* Kept;
}

/// <summary>Where the gradients of a scan come from and go.</summary>
internal unsafe struct ScanGradients<T>
    where T : unmanaged
{
    /// <summary>Gradient of the outputs <c>(B, D, L)</c>.</summary>
    public T* Out;

    /// <summary>Gradient of the last state <c>(B, D, N)</c>.</summary>
    public T* LastState;

    /// <summary>The kept states.</summary>
    public T* Kept;

    /// <summary>Gradient of u <c>(B, D, L)</c>.</summary>
    public T* U;

    /// <summary>Gradient of Δ <c>(B, D, L)</c>.</summary>
    public T* Delta;

    /// <summary>Gradient of A <c>(B, D, N)</c>, of each sample.</summary>
    public T* A;

    /// <summary>Gradient of the input weights: <c>(B, units, L, N)</c>, or <c>(B, D, N)</c> of each sample.</summary>
    public T* B;

    /// <summary>Gradient of the output weights, likewise.</summary>
    public T* C;

    /// <summary>Gradient of D <c>(B, D)</c>, of each sample.</summary>
    public T* D;

    /// <summary>Gradient of z <c>(B, D, L)</c>, or null.</summary>
    public T* Z;

    /// <summary>Gradient of δ <c>(B, D)</c>, of each sample.</summary>
    public T* DeltaBias;
}
