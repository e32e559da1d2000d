using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Makes the first map of an image (<see cref="PatchEmbedVersion"/>).</summary>
/// <remarks>Names <c>0, 2</c> (version 1) or <c>0, 2, 5, 7</c>: convolution, norm, convolution, norm. Source: MzeroMiko/VMamba,
/// <c>_make_patch_embed</c>.</remarks>
public sealed class PatchStem : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "0")] private readonly Conv2d conv;
    [ComponentName(Name = "2")] private readonly GridNorm norm;
    [ComponentName(Name = "5")] private readonly Conv2d? secondConv;
    [ComponentName(Name = "7")] private readonly GridNorm? secondNorm;
    private readonly VMambaConfig config;

    /// <summary>Makes the stem of a model.</summary>
    public PatchStem(VMambaConfig config) : base(nameof(PatchStem))
    {
        this.config = config;
        var (dim, first) = (config.Dims[0], config.ChannelsFirst);
        if (config.PatchEmbed == PatchEmbedVersion.V1)
        {
            conv = nn.Conv2d(config.Channels, dim, config.PatchSize, stride: config.PatchSize);
            norm = new GridNorm(dim, inFirst: true, first);
        }
        else
        {
            var stride = config.PatchSize / 2;
            conv = nn.Conv2d(config.Channels, dim / 2, stride + 1, stride: stride, padding: 1);
            norm = new GridNorm(dim / 2, inFirst: true, outFirst: true);
            secondConv = nn.Conv2d(dim / 2, dim, stride + 1, stride: stride, padding: 1);
            secondNorm = new GridNorm(dim, inFirst: true, first);
        }

        RegisterComponents();
    }

    /// <summary><c>(B, bands, h, w)</c> to <c>(B, D, H, W)</c> or <c>(B, H, W, D)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands, or is smaller than a patch.</exception>
    public override Tensor forward(Tensor image)
    {
        if (image.dim() != 4 || image.shape[1] != config.Channels
            || VMambaGrids.AfterStem(config, image.shape[2], image.shape[3]) is not { Rows: > 0, Columns: > 0 })
        {
            throw new ArgumentException(
                $"Expected an image (B, {config.Channels}, h, w) with h and w at least {config.PatchSize}, " +
                $"got ({string.Join(", ", image.shape)}). Resize or pad the image, or make the model with these bands.",
                nameof(image));
        }

        using var scope = NewDisposeScope();
        var x = norm.call(conv.call(image));
        x = secondConv is null ? x : secondNorm!.call(secondConv.call(nn.functional.gelu(x)));
        return x.MoveToOuterDisposeScope();
    }
}
