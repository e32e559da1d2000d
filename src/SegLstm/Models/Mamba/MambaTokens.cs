using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Mamba;

/// <summary>What blocks ask of their tokens.</summary>
internal static class MambaTokens
{
    /// <summary>Throws unless x is <c>(B, L, D)</c> with at least one token.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(Tensor x, long dim, string block)
    {
        if (x.dim() != 3 || x.shape[2] != dim || x.numel() == 0)
        {
            throw new ArgumentException(
                $"{block}: expected tokens (B, L, {dim}) with B and L at least 1, got ({string.Join(", ", x.shape)}). " +
                "Put the channels last, or make the block with this width.",
                nameof(x));
        }
    }
}
