using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Makes what SS2D does to the merged sequences, for maps <c>(B, E, H, W)</c>.</summary>
/// <remarks>Names below <c>out_norm</c>: <c>weight, bias</c>; <c>1.weight</c> of the depthwise convolution; <c>0.weight,
/// 0.bias, 2.weight</c> of norm and convolution. Source: MzeroMiko/VMamba, <c>SS2Dv2.get_outnorm</c>.</remarks>
internal static class SS2DOutput
{
    /// <summary>The module; null where there is nothing to do.</summary>
    public static nn.Module<Tensor, Tensor>? Make(SS2DNorm norm, long channels)
    {
        GridNorm Norm() => new(channels, inFirst: true, outFirst: true);
        nn.Module<Tensor, Tensor> Convolution() => nn.Conv2d(channels, channels, 3, padding: 1, groups: channels, bias: false);
        return norm switch
        {
            SS2DNorm.LayerNorm => Norm(),
            SS2DNorm.None => null,
            SS2DNorm.DepthwiseConvolution => nn.Sequential(("1", Convolution())),
            SS2DNorm.LayerNormAndConvolution => nn.Sequential(("0", Norm()), ("2", Convolution())),
            SS2DNorm.Softmax => new SpatialSoftmax(),
            SS2DNorm.Sigmoid => nn.Sigmoid(),
            _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "Unknown norm."),
        };
    }

    /// <summary>Softmax over the positions of each channel.</summary>
    private sealed class SpatialSoftmax() : nn.Module<Tensor, Tensor>(nameof(SpatialSoftmax))
    {
        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return nn.functional.softmax(x.flatten(2), -1).view_as(x).MoveToOuterDisposeScope();
        }
    }
}
