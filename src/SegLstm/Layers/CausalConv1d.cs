using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Depthwise convolution along the tokens that sees the past only: the last tap multiplies the current token.</summary>
/// <remarks>Names <c>conv.weight (E, 1, kernel)</c>, <c>conv.bias</c>. Source: NX-AI/vision-lstm, <c>CausalConv1d</c>.</remarks>
public sealed class CausalConv1d : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d conv;

    /// <summary>Makes the convolution.</summary>
    /// <param name="dim">Channels E.</param>
    /// <param name="kernelSize">Taps; output t sees t-kernelSize+1 .. t.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    public CausalConv1d(long dim, long kernelSize, bool hasBias = true) : base(nameof(CausalConv1d))
    {
        conv = nn.Conv1d(dim, dim, kernelSize, padding: kernelSize - 1, groups: dim, bias: hasBias);
        RegisterComponents();
    }

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        // Padding on both sides makes kernelSize - 1 outputs too many, at the end: those would look ahead.
        var y = conv.forward(x.transpose(1, 2)).narrow(2, 0, x.shape[1]);
        return y.transpose(1, 2).MoveToOuterDisposeScope();
    }
}
