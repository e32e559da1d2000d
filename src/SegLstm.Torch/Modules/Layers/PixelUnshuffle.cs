using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Moves space into channels: <c>(N, C, H r, W r)</c> to <c>(N, C r², H, W)</c>.</summary>
public sealed class PixelUnshuffle : Module<Tensor, Tensor>
{
    internal PixelUnshuffle(long downscale_factor) : base(nameof(PixelUnshuffle)) => this.downscale_factor = downscale_factor;

    /// <summary>How many times height and width shrink.</summary>
    public long downscale_factor { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.pixel_unshuffle(input, downscale_factor);
}
