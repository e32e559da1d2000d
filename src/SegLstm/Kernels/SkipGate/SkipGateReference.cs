using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SkipGate;

/// <summary>The gate behind an mLSTM cell on torch operators: the oracle of the faster form.</summary>
/// <remarks><c>y = (h + skip · c) · z · sigmoid(z)</c>. Source: ViL (arXiv 2406.04303) fig. 1; NX-AI/vision-lstm,
/// <c>ViLLayer</c>.</remarks>
public static class SkipGateReference
{
    /// <summary>Adds the skip and gates.</summary>
    /// <param name="h">What the cell retrieved <c>(B, S, E)</c>.</param>
    /// <param name="c">What goes round the cell <c>(B, S, E)</c>.</param>
    /// <param name="skip">Weights of that <c>(E)</c>.</param>
    /// <param name="z">Gate before SiLU <c>(B, S, E)</c>.</param>
    /// <returns>Tokens <c>(B, S, E)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor h, Tensor c, Tensor skip, Tensor z)
    {
        Check(h, c, skip, z);
        using var scope = NewDisposeScope();
        return ((h + (skip * c)) * nn.functional.silu(z)).MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(Tensor h, Tensor c, Tensor skip, Tensor z)
    {
        if (h.dim() != 3 || h.numel() == 0)
        {
            throw new ArgumentException($"h: expected (B, S, E) with at least one token, got {TokenTensors.Text(h)}.", nameof(h));
        }

        foreach (var (name, x) in new[] { (nameof(c), c), (nameof(z), z) })
        {
            if (!x.shape.SequenceEqual(h.shape))
            {
                throw new ArgumentException(
                    $"{name}: expected {TokenTensors.Text(h)} as h has, got {TokenTensors.Text(x)}.", name);
            }
        }

        if (skip.dim() != 1 || skip.shape[0] != h.shape[2])
        {
            throw new ArgumentException(
                $"skip: expected ({h.shape[2]}) for the channels of h, got {TokenTensors.Text(skip)}.", nameof(skip));
        }
    }
}
