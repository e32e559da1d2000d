using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>Two linear layers with a depthwise 3×3 convolution on the token grid and a GELU between.</summary>
/// <remarks>Names <c>fc1, dwconv.dwconv, fc2</c>. Source: zhuqinfeng1999/Samba, <c>PVT2FFN</c> (from PVT v2, arXiv
/// 2106.13797).</remarks>
public sealed class SambaMlp : nn.Module<Tensor, TokenGrid, Tensor>
{
    private readonly Linear fc1;
    private readonly Sequential dwconv;
    private readonly Linear fc2;

    /// <summary>Makes the layers.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="hidden">Width between.</param>
    public SambaMlp(long dim, long hidden) : base(nameof(SambaMlp))
    {
        fc1 = nn.Linear(dim, hidden);
        dwconv = nn.Sequential(("dwconv", nn.Conv2d(hidden, hidden, 3, padding: 1, groups: hidden)));
        fc2 = nn.Linear(hidden, dim);
        RegisterComponents();
    }

    /// <summary><c>(B, L, D)</c> to <c>(B, L, D)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public override Tensor forward(Tensor x, TokenGrid grid)
    {
        using var scope = NewDisposeScope();
        var map = dwconv.call(TokenPooling.ToImage(DenseLinear.Forward(fc1, x), grid));
        return DenseLinear.Forward(fc2, nn.functional.gelu(map.flatten(2).transpose(1, 2))).MoveToOuterDisposeScope();
    }
}
