using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>Sizes of an attention, and its cut into blocks of queries.</summary>
/// <param name="Batch">Sequences, all leading dimensions together.</param>
/// <param name="Tokens">N.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Width">Channels of a head.</param>
internal readonly record struct AttentionShape(int Batch, int Tokens, int Heads, int Width)
{
    /// <summary>Queries of a block: their scores with a thousand keys stay in the second cache.</summary>
    public const int Queries = 64;

    /// <summary>Rows of products are computed in fours.</summary>
    public const int Together = 4;

    /// <summary>Blocks of a sequence.</summary>
    public int Blocks => (Tokens + Queries - 1) / Queries;

    /// <summary>Token width D.</summary>
    public int Dim => Heads * Width;

    /// <summary>Tokens, filled up to whole fours.</summary>
    public int FilledTokens => Filled(Tokens);

    /// <summary>A count, filled up to whole fours.</summary>
    public static int Filled(int count) => (count + Together - 1) / Together * Together;

    /// <summary>Those of a problem.</summary>
    /// <param name="qkv"><c>(..., N, 3D)</c>.</param>
    /// <param name="heads">Heads.</param>
    public static AttentionShape Of(Tensor qkv, long heads) => new(
        checked((int)(qkv.numel() / (qkv.shape[^2] * qkv.shape[^1]))), checked((int)qkv.shape[^2]), checked((int)heads),
        checked((int)(qkv.shape[^1] / (3 * heads))));
}
