using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>The decoder that paints images in GLCNet's code: four transposed convolutions (5×5, 5×5, 3×3, 3×3, each twice the
/// size), the third and the second stage of a ResNet beside what goes into the second and the third, then a 7×7 convolution and
/// tanh.</summary>
/// <remarks>
/// Sizes that differ are made equal by nearest neighbours, to the size of the stage that stands beside (the authors' code takes
/// another stage's there, which is the same for their views). Tanh ends at ±1 while views reach ±1.6: the brightest and darkest
/// pixels cannot be met, as in the authors' code. Names <c>decoder{4..1}.{0,1}, conv_final.0</c>.
/// Source: GeoX-Lab/G-RSIM, <c>models/v3p_inpaiting_encoder.py</c>.
/// </remarks>
internal sealed class UShapedDecoder : nn.Module<TrunkFeatures, long, long, Tensor>
{
    private readonly Sequential decoder4;
    private readonly Sequential decoder3;
    private readonly Sequential decoder2;
    private readonly Sequential decoder1;
    private readonly Sequential conv_final;

    /// <summary>Makes the decoder.</summary>
    /// <param name="coarse">Channels of the coarse map.</param>
    /// <param name="stages">Channels of the ResNet's four maps.</param>
    /// <param name="bands">Bands of the image.</param>
    /// <param name="width">Channels inside; a quarter of it behind the last transposed convolution.</param>
    public UShapedDecoder(int coarse, IReadOnlyList<int> stages, int bands, int width) : base(nameof(UShapedDecoder))
    {
        static Sequential Twice(long inputs, long outputs, long kernel, long extra) => nn.Sequential(
            nn.ConvTranspose2d(inputs, outputs, kernel, stride: 2, padding: kernel / 2, output_padding: extra),
            nn.BatchNorm2d(outputs), nn.ReLU());
        decoder4 = Twice(coarse, width, 5, 0);
        decoder3 = Twice(width + stages[2], width, 5, 1);
        decoder2 = Twice(width + stages[1], width, 3, 1);
        decoder1 = Twice(width, Math.Max(1, width / 4), 3, 1);
        conv_final = nn.Sequential(nn.Conv2d(Math.Max(1, width / 4), bands, 7, padding: 3), nn.Tanh());
        RegisterComponents();
    }

    /// <summary>Features to an image <c>(B, bands, height, width)</c>, in (-1, 1).</summary>
    public override Tensor forward(TrunkFeatures features, long height, long width)
    {
        using var scope = NewDisposeScope();
        var (third, second) = (features.Maps[2], features.Maps[1]);
        var y = cat([Fit(decoder4.call(features.Coarse), third.shape[2], third.shape[3]), third], 1);
        y = cat([Fit(decoder3.call(y), second.shape[2], second.shape[3]), second], 1);
        y = Fit(decoder1.call(decoder2.call(y)), height, width);
        return conv_final.call(y).MoveToOuterDisposeScope();
    }

    private static Tensor Fit(Tensor x, long height, long width) => x.shape[2] == height && x.shape[3] == width
        ? x
        : nn.functional.interpolate(x, [height, width], mode: InterpolationMode.Nearest);
}
