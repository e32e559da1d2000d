using SegLstm.Models.Mamba;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>A layer norm and a Mamba block, forward only.</summary>
/// <remarks>Names <c>norm, mamba</c>. Source: zhuqinfeng1999/Samba, <c>MambaLayer</c>.</remarks>
public sealed class SambaMixer : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly Mamba.Mamba mamba;

    /// <summary>Makes the layers.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public SambaMixer(MambaConfig config) : base(nameof(SambaMixer))
    {
        norm = nn.LayerNorm(config.Dim);
        mamba = new Mamba.Mamba(config);
        RegisterComponents();
    }

    /// <summary><c>(B, L, D)</c> to <c>(B, L, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var normed = norm.call(x);
        return mamba.call(normed);
    }
}
