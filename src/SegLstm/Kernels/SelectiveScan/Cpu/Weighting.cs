namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>How input or output weights are laid out: known when a kernel is compiled.</summary>
internal interface IWeighting
{
    /// <summary>True: <c>(B, G, N, L)</c>, one number a token for all channels of a block. False: <c>(D, N)</c>, one number a
    /// channel for all tokens.</summary>
    static abstract bool PerToken { get; }
}

/// <summary>Weights <c>(B, G, N, L)</c>.</summary>
internal readonly struct PerToken : IWeighting
{
    static bool IWeighting.PerToken => true;
}

/// <summary>Weights <c>(D, N)</c>.</summary>
internal readonly struct PerChannel : IWeighting
{
    static bool IWeighting.PerToken => false;
}
