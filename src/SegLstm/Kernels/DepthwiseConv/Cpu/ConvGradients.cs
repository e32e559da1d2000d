namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>Gradients of one token, or of four neighbours.</summary>
internal unsafe ref struct ConvGradients<T>
    where T : unmanaged
{
    /// <summary>Bias, one a channel; null: none.</summary>
    public T* Bias;

    /// <summary>Whether SiLU followed.</summary>
    public bool Silu;

    /// <summary>Of the first token's outputs.</summary>
    public T* Out;

    /// <summary>Elements from token to token of those.</summary>
    public nint OutStep;

    /// <summary>Of the first token's sums in front of SiLU; written only where there is SiLU.</summary>
    public T* Sum;

    /// <summary>Elements from token to token of those.</summary>
    public nint SumStep;

    /// <summary>Of the kernel's first tap; added to.</summary>
    public T* TapSums;

    /// <summary>Of the bias; added to.</summary>
    public T* BiasSums;
}
