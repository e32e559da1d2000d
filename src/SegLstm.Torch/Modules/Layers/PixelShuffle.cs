using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Moves channels into space: <c>(N, C r², H, W)</c> to <c>(N, C, H r, W r)</c>.</summary>
public sealed class PixelShuffle : Module<Tensor, Tensor>
{
    internal PixelShuffle(long upscale_factor) : base(nameof(PixelShuffle)) => this.upscale_factor = upscale_factor;

    /// <summary>How many times height and width grow.</summary>
    public long upscale_factor { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.pixel_shuffle(input, upscale_factor);
}
