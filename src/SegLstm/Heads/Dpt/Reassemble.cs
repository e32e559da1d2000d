using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>Makes a feature map at a stride of its own out of the tokens of a transformer's block: readout, 1×1 convolution,
/// resampling.</summary>
/// <remarks>
/// <para>To a finer stride a transposed convolution resamples, kernel = step = the ratio; to a coarser one a 3×3 convolution,
/// step = the ratio; to the patches' own stride nothing does. The authors' code has patches of 16 and 32 pixels; the other powers
/// of two follow the same rule (the paper's equation 6).</para>
/// <para>Names as in the authors' Sequential: <c>0.project.0</c> the readout, <c>3</c> the 1×1 convolution, <c>4</c> the
/// resampling; 1 and 2 (transpose, unflatten) have no parameters.
/// Source: DPT (arXiv 2103.13413); isl-org/lang-seg, <c>lseg_vit.py</c>.</para>
/// </remarks>
internal sealed class Reassemble : nn.Module<Tensor, TokenGrid, Tensor>
{
    private readonly DptReadout readout;
    private readonly int prefixTokens;
    [ComponentName(Name = "0")]
    private readonly ProjectReadout? project;
    [ComponentName(Name = "3")]
    private readonly Conv2d convolution;
    [ComponentName(Name = "4")]
    private readonly nn.Module<Tensor, Tensor>? resample;
    private readonly (int Patch, int Stride) steps;

    /// <summary>Makes the layers.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="patchSize">Image pixels in a step of the tokens.</param>
    /// <param name="stride">Image pixels in a step of the map.</param>
    /// <param name="readout">What becomes of the class token.</param>
    /// <param name="prefixTokens">Tokens in front of the patches: 1 the class token, 2 with a distillation token.</param>
    /// <exception cref="ArgumentException">Neither stride is a multiple of the other.</exception>
    public Reassemble(int dim, int channels, int patchSize, int stride, DptReadout readout, int prefixTokens = 1)
        : base(nameof(Reassemble))
    {
        if (patchSize < 1 || (patchSize % stride != 0 && stride % patchSize != 0))
        {
            throw new ArgumentException(
                $"DPT reassembles tokens to strides 4, 8, 16 and 32, but a step of {patchSize} pixels cannot become one of " +
                $"{stride}: choose a patch size (or stride) of 1, 2, 4, 8, 16 or 32.", nameof(patchSize));
        }

        (this.readout, this.prefixTokens, steps) = (readout, prefixTokens, (patchSize, stride));
        project = readout == DptReadout.Project ? new ProjectReadout(dim) : null;
        convolution = nn.Conv2d(dim, channels, 1);
        resample = patchSize > stride ? nn.ConvTranspose2d(channels, channels, patchSize / stride, stride: patchSize / stride)
            : patchSize < stride ? nn.Conv2d(channels, channels, 3, stride: stride / patchSize, padding: 1)
            : null;
        RegisterComponents();
    }

    /// <summary>Tokens of a block, class token in front, <c>(B, prefix + T, D)</c>, to <c>(B, channels, h, w)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public override Tensor forward(Tensor tokens, TokenGrid grid)
    {
        using var scope = NewDisposeScope();
        var patches = tokens.narrow(1, prefixTokens, tokens.shape[1] - prefixTokens);
        var read = readout switch
        {
            DptReadout.Add => patches + tokens.narrow(1, 0, prefixTokens).mean([1], keepdim: true),
            DptReadout.Project => project!.call(patches, tokens.narrow(1, 0, 1)),
            _ => patches,
        };
        return Resample(TokenPooling.ToImage(read, grid)).MoveToOuterDisposeScope();
    }

    /// <summary>Tokens that are a map already, <c>(B, D, h, w)</c>, to <c>(B, channels, h', w')</c>.</summary>
    public Tensor Resample(Tensor map)
    {
        using var scope = NewDisposeScope();
        var y = convolution.call(map);
        return (resample is null ? y : resample.call(y)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for a number of patch tokens; the readout's GELU counts 1 a value.</summary>
    public double MultiplyAdds(long tokens)
    {
        double dim = convolution.in_channels, channels = convolution.out_channels, after = Pixels(tokens);
        var read = readout switch { DptReadout.Project => dim * ((2 * dim) + 2), DptReadout.Add => dim, _ => 0 };
        // A transposed convolution whose kernel is its step reads one tap an output.
        var taps = steps.Patch > steps.Stride ? channels + 1 : steps.Patch < steps.Stride ? (9 * channels) + 1 : 0;
        return (tokens * (read + (channels * (dim + 1)))) + (after * channels * taps);
    }

    /// <summary>Pixels of the map for a number of tokens.</summary>
    public long Pixels(long tokens) =>
        Math.Max((long)(tokens * Math.Pow((double)steps.Patch / steps.Stride, 2)), 1);
}
