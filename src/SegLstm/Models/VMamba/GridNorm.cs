using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Layer norm (eps 1e-5) over every pixel's channels, wherever the channels stand before and after.</summary>
/// <remarks>Names <c>weight, bias</c>. Source: MzeroMiko/VMamba, <c>LayerNorm</c>.</remarks>
public sealed class GridNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly bool inFirst;
    private readonly bool outFirst;

    /// <summary>Makes the norm.</summary>
    /// <param name="dim">Channels C.</param>
    /// <param name="inFirst">True: the input is <c>(B, C, H, W)</c>; false: channels last.</param>
    /// <param name="outFirst">The same for the output.</param>
    public GridNorm(long dim, bool inFirst, bool outFirst) : base(nameof(GridNorm))
    {
        (this.inFirst, this.outFirst) = (inFirst, outFirst);
        weight = nn.Parameter(ones([dim]));
        bias = nn.Parameter(zeros([dim]));
        RegisterComponents();
    }

    /// <summary>A map to a map, in the layouts it was made for.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = MixedPrecision.Single(x);
        var last = inFirst ? x.permute(0, 2, 3, 1) : x;
        var y = nn.functional.layer_norm(last, weight.shape, weight, bias);
        return (outFirst ? y.permute(0, 3, 1, 2) : y).MoveToOuterDisposeScope();
    }
}
