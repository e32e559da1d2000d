using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.VilBlock;
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

    /// <summary>Its parameters, for kernels that do more than this layer.</summary>
    internal Affine Parameters => new(conv.weight!, conv.bias);

    /// <summary><c>(B, S, E)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor x) => CausalConv.Forward(x, conv.weight!, conv.bias);

    /// <summary>The same with SiLU behind it, in one pass.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on.</param>
    public Tensor Activated(Tensor x, bool reverse = false) =>
        CausalConv.Forward(x, conv.weight!, conv.bias, silu: true, reverse);
}
