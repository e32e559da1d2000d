using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Makes one token of each 2×2: their channels together, a norm, a linear layer to twice the width.</summary>
/// <remarks>Names <c>norm, reduction</c>. The two sources gather channel c of (row, column) at other places: Microsoft at
/// (2·column + row)·C + c, mmsegmentation, which unfolds, at 4·c + 2·row + column. Zeros complete odd sides at the bottom and at
/// the right. Source: microsoft/Swin-Transformer and mmsegmentation, <c>PatchMerging</c>.</remarks>
public sealed class PatchMerging : nn.Module<Tensor, Tensor>
{
    private static readonly long[] ByOffset = [0, 1, 3, 4, 2, 5];
    private static readonly long[] ByChannel = [0, 1, 3, 5, 2, 4];

    private readonly LayerNorm? norm;
    private readonly Linear reduction;
    private readonly long[] order;

    /// <summary>Makes the layer.</summary>
    /// <param name="dim">Token width C.</param>
    /// <param name="unfolds">Whether channels are gathered as in mmsegmentation; else as Microsoft does.</param>
    /// <param name="hasNorm">False leaves out the norm.</param>
    public PatchMerging(long dim, bool unfolds, bool hasNorm = true) : base(nameof(PatchMerging))
    {
        order = unfolds ? ByChannel : ByOffset;
        norm = hasNorm ? nn.LayerNorm(4 * dim, eps: SwinConfig.NormEps) : null;
        reduction = TransformerLinear.Make(4 * dim, 2 * dim, bias: false);
        RegisterComponents();
    }

    /// <summary><c>(B, H, W, C)</c> to <c>(B, ⌈H/2⌉, ⌈W/2⌉, 2C)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (bottom, right) = (x.shape[1] % 2, x.shape[2] % 2);
        var even = bottom + right == 0 ? x : nn.functional.pad(x, [0, 0, 0, right, 0, bottom]);
        var (batch, rows, columns, channels) = (even.shape[0], even.shape[1] / 2, even.shape[2] / 2, even.shape[3]);
        var gathered = even.reshape(batch, rows, 2, columns, 2, channels).permute(order)
            .reshape(batch, rows, columns, 4 * channels);
        return DenseLinear.Forward(reduction, norm is null ? gathered : norm.call(gathered)).MoveToOuterDisposeScope();
    }
}
