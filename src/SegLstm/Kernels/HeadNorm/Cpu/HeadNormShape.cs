using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm.Cpu;

/// <summary>Sizes of a norm.</summary>
/// <param name="Batch">B.</param>
/// <param name="Heads">H.</param>
/// <param name="Tokens">S.</param>
/// <param name="Width">W, channels of a head.</param>
internal readonly record struct HeadNormShape(int Batch, int Heads, int Tokens, int Width)
{
    // Tokens that are in the first-level cache while they are read twice and written.
    private const int TokensTogether = 8;

    /// <summary>The sizes of a tensor <c>(B, H, S, W)</c>.</summary>
    public HeadNormShape(Tensor x) : this(
        checked((int)x.shape[0]), checked((int)x.shape[1]), checked((int)x.shape[2]), checked((int)x.shape[3]))
    {
    }

    /// <summary>E, all heads together.</summary>
    public int Channels => Heads * Width;

    /// <summary>The tokens in pieces.</summary>
    public TokenPieces Pieces => new(Batch, Tokens);

    /// <summary>Heads whose sums are found together.</summary>
    public int RowsTogether => TokensTogether * Heads;

    /// <summary>Elements of all tokens.</summary>
    public double Elements => (double)Batch * Tokens * Channels;

    /// <summary>The token behind those that go together with a first one.</summary>
    public static int GroupEnd(int first, int to) => Math.Min(first + TokensTogether, to);
}
