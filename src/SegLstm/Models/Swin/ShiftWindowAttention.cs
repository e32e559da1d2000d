using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Attention within shifted windows on a map of any size under mmsegmentation's names.</summary>
/// <remarks>Name <c>w_msa</c>. Source: mmsegmentation, <c>ShiftWindowMSA</c>.</remarks>
internal sealed class ShiftWindowAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly WindowAttention w_msa;
    private readonly long window;
    private readonly long shift;

    public ShiftWindowAttention(long dim, long window, long shift, long heads, bool bias) : base(nameof(ShiftWindowAttention))
    {
        (this.window, this.shift) = (window, shift);
        w_msa = new WindowAttention(dim, window, heads, bias);
        RegisterComponents();
    }

    /// <summary><c>(B, H, W, C)</c> to the same, with the mask of the map where windows shift.</summary>
    public override Tensor forward(Tensor x, Tensor? mask) =>
        TokenWindows.Attend(x, window, shift, tokens => w_msa.call(tokens, shift == 0 ? null : mask));
}
