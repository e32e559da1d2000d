using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>Lets every pixel gather what it needs from the means of s×s regions, with weights that it computes itself.</summary>
/// <remarks>
/// Names <c>pooled_redu_conv, input_redu_conv, global_info, gla, residual_conv, fusion_conv</c>.
/// Source: APCNet (CVPR 2019); mmsegmentation, <c>ACM</c>.
/// </remarks>
internal sealed class AdaptiveContext : nn.Module<Tensor, Tensor>
{
    private readonly ConvNormAct pooled_redu_conv;
    private readonly ConvNormAct input_redu_conv;
    private readonly ConvNormAct global_info;
    private readonly Conv2d gla;
    private readonly ConvNormAct residual_conv;
    private readonly ConvNormAct? fusion_conv;
    private readonly int scale;

    public AdaptiveContext(int inChannels, int channels, int scale, bool fusion) : base(nameof(AdaptiveContext))
    {
        this.scale = scale;
        pooled_redu_conv = new ConvNormAct(inChannels, channels, 1);
        input_redu_conv = new ConvNormAct(inChannels, channels, 1);
        global_info = new ConvNormAct(channels, channels, 1);
        gla = nn.Conv2d(channels, scale * scale, 1);
        residual_conv = new ConvNormAct(channels, channels, 1);
        fusion_conv = fusion ? new ConvNormAct(channels, channels, 1) : null;
        RegisterComponents();
    }

    /// <summary><c>(N, in, h, w)</c> to <c>(N, channels, h, w)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var regions = pooled_redu_conv.call(nn.functional.adaptive_avg_pool2d(x, scale)).flatten(2);
        var reduced = input_redu_conv.call(x);
        var mean = global_info.call(nn.functional.adaptive_avg_pool2d(reduced, 1));
        // Affinity of each of s² regions (columns of `regions`) to each pixel.
        var affinity = gla.call(reduced + mean).flatten(2).sigmoid();
        var gathered = regions.matmul(affinity).view(reduced.shape);
        var y = nn.functional.relu(residual_conv.call(gathered) + reduced);
        return (fusion_conv is null ? y : fusion_conv.call(y)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels.</summary>
    public double MultiplyAdds(long pixels)
    {
        double regions = scale * scale, channels = input_redu_conv.OutChannels;
        return (pixels * ((double)input_redu_conv.InChannels + channels)) + pooled_redu_conv.MultiplyAdds(scale * scale)
            + input_redu_conv.MultiplyAdds(pixels) + global_info.MultiplyAdds(1) + (pixels * regions * ((2 * channels) + 2))
            + residual_conv.MultiplyAdds(pixels) + (3 * pixels * channels) + (fusion_conv?.MultiplyAdds(pixels) ?? 0);
    }
}
