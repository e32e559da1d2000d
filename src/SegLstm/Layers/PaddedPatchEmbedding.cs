using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Cuts an image of any size into square patches and maps each linearly to a token: zeros complete the last patches at
/// the bottom and at the right.</summary>
/// <remarks>Names <c>projection</c> and, where there is a norm, <c>norm</c>. Source: mmsegmentation, <c>PatchEmbed</c> with
/// padding "corner".</remarks>
public sealed class PaddedPatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d projection;
    private readonly LayerNorm? norm;
    private readonly long patchSize;
    private readonly long channels;

    /// <summary>Makes the embedding.</summary>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="dim">Token width D.</param>
    /// <param name="patchSize">Patch side in pixels.</param>
    /// <param name="bias">Adds a learned bias.</param>
    /// <param name="normEps">eps of a layer norm on the tokens; null: no norm.</param>
    public PaddedPatchEmbedding(long channels, long dim, long patchSize, bool bias = true, double? normEps = null)
        : base(nameof(PaddedPatchEmbedding))
    {
        (this.channels, this.patchSize) = (channels, patchSize);
        projection = nn.Conv2d(channels, dim, patchSize, stride: patchSize, bias: bias);
        norm = normEps is { } eps ? nn.LayerNorm(dim, eps: eps) : null;
        RegisterComponents();
    }

    /// <summary>Starts the projection anew: Kaiming-normal (fan in), bias 0.</summary>
    internal void StartLikeKaiming()
    {
        nn.init.kaiming_normal_(projection.weight!, 0, nn.init.FanInOut.FanIn, nn.init.NonlinearityType.ReLU);
        if (projection.bias is { } bias)
        {
            nn.init.zeros_(bias);
        }
    }

    /// <summary>The token grid of an image.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public TokenGrid GridOf(long height, long width) =>
        new((height + patchSize - 1) / patchSize, (width + patchSize - 1) / patchSize);

    /// <summary><c>(B, channels, h, w)</c> to tokens on their grid, <c>(B, gh, gw, D)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public override Tensor forward(Tensor x)
    {
        if (x.dim() != 4 || x.shape[1] != channels)
        {
            throw new ArgumentException(
                $"Expected an image (B, {channels}, h, w), got ({string.Join(", ", x.shape)}). Make the model with these bands.",
                nameof(x));
        }

        using var scope = NewDisposeScope();
        var grid = GridOf(x.shape[2], x.shape[3]);
        var (right, bottom) = (grid.Columns * patchSize - x.shape[3], grid.Rows * patchSize - x.shape[2]);
        var image = projection.call(right + bottom == 0 ? x : nn.functional.pad(x, [0, right, 0, bottom]));
        var tokens = MixedPrecision.Single(image).permute(0, 2, 3, 1);
        // Laid out by tokens, as in PatchEmbedding.
        return (norm is null ? tokens.contiguous() : norm.call(tokens)).MoveToOuterDisposeScope();
    }
}
