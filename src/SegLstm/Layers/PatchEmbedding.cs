using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Cuts an image into square patches and maps each linearly to a token.</summary>
/// <remarks>
/// One convolution <c>proj</c> with kernel = patch. A stride below the patch size lets patches overlap (the long-sequence
/// variant). Xavier-uniform on the weight seen as a matrix, bias 0. Source: NX-AI/vision-lstm, <c>VitPatchEmbed</c>.
/// </remarks>
public sealed class PatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d proj;
    private readonly long patchSize;
    private readonly long stride;
    private readonly long channels;

    /// <summary>Makes the embedding.</summary>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="dim">Token width D.</param>
    /// <param name="patchSize">Patch side in pixels.</param>
    /// <param name="stride">Step between patches in pixels; null is the patch size.</param>
    public PatchEmbedding(long channels, long dim, long patchSize, long? stride = null) : base(nameof(PatchEmbedding))
    {
        (this.channels, this.patchSize, this.stride) = (channels, patchSize, stride ?? patchSize);
        proj = nn.Conv2d(channels, dim, patchSize, stride: this.stride);
        using (no_grad())
        {
            nn.init.xavier_uniform_(proj.weight!.view(dim, -1));
            nn.init.zeros_(proj.bias!);
        }

        RegisterComponents();
    }

    /// <summary>The token grid of an image.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public TokenGrid GridOf(long height, long width) =>
        new((height - patchSize) / stride + 1, (width - patchSize) / stride + 1);

    /// <summary><c>(B, channels, h, w)</c> to tokens on their grid, <c>(B, gh, gw, D)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands, or sides that patches do not fill.</exception>
    public override Tensor forward(Tensor x)
    {
        bool Fits(long side) => side >= patchSize && (side - patchSize) % stride == 0;
        if (x.dim() != 4 || x.shape[1] != channels || !Fits(x.shape[2]) || !Fits(x.shape[3]))
        {
            var sides = stride == patchSize
                ? $"multiples of the patch size {patchSize}"
                : $"{patchSize}, the patch size, or any number of steps of {stride} more";
            throw new ArgumentException(
                $"Expected an image (B, {channels}, h, w) with h and w {sides}, got ({string.Join(", ", x.shape)}). " +
                "Pad the image, or make the model with these bands and another patch size.", nameof(x));
        }

        using var scope = NewDisposeScope();
        // Laid out by tokens: sums keep the layout of what they begin with, and every norm behind would turn them round again.
        return MixedPrecision.Single(proj.call(x)).permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }
}
