using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>A chunk on its way through the backward pass, and where its matrices of tokens lie: in the tensors, or
/// copied.</summary>
/// <param name="Sequence">Head of sample.</param>
/// <param name="Index">The chunk's number.</param>
/// <param name="First">Its first token.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Padded">Tokens in whole vectors.</param>
/// <param name="Rows">Tokens in whole rows.</param>
/// <param name="Past">Whether there are chunks before.</param>
/// <param name="More">Whether there are chunks behind.</param>
internal sealed unsafe record BackwardChunk<T>(
    int Sequence, int Index, int First, int Tokens, int Padded, int Rows, bool Past, bool More)
    where T : unmanaged
{
    /// <summary>Queries.</summary>
    public required Panels<T> Q { get; init; }

    /// <summary>Keys.</summary>
    public required Panels<T> K { get; init; }

    /// <summary>Values.</summary>
    public required Panels<T> V { get; init; }

    /// <summary>Retrieved values.</summary>
    public required Panels<T> H { get; init; }

    /// <summary>Gradient of the retrieved values.</summary>
    public required Panels<T> G { get; init; }

    /// <summary>Gradient of the queries.</summary>
    public required Panels<T> DQ { get; init; }

    /// <summary>Gradient of the keys.</summary>
    public required Panels<T> DK { get; init; }

    /// <summary>Gradient of the values.</summary>
    public required Panels<T> DV { get; init; }
}
