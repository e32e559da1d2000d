namespace SegLstm.Kernels.Simd;

/// <summary>How many vectors wide a block is, as a type, so that the compiler writes one for each.</summary>
internal interface IVectorCount
{
    /// <summary>The number.</summary>
    static abstract int Count { get; }
}
