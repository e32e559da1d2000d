namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What is known of the exponents <c>Δ'a</c> of a chunk: known when a kernel is compiled.</summary>
internal interface IExponents
{
    /// <summary>Whether powers of two need no limit.</summary>
    static abstract bool Moderate { get; }
}

/// <summary>All powers are normal numbers.</summary>
internal readonly struct ModerateExponents : IExponents
{
    static bool IExponents.Moderate => true;
}

/// <summary>Any number, infinity or NaN.</summary>
internal readonly struct AnyExponents : IExponents
{
    static bool IExponents.Moderate => false;
}
