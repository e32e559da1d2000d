using SegLstm.Models.ResNet;

namespace SegLstm.Models.DeepLab;

/// <summary>GLCNet's DeepLabV3+. The defaults are the published fine-tuning network.</summary>
public sealed record DeepLabConfig
{
    /// <summary>The backbone; its output stride (16 or 8) settles the dilations of the pyramid.</summary>
    public ResNetConfig Backbone { get; init; } = ResNetConfig.GlcNet;

    /// <summary>Classes; the 64 channels of the local features in pre-training.</summary>
    public int Classes { get; init; } = 7;

    /// <summary>Which of the three decoders.</summary>
    public DeepLabDecoderKind Decoder { get; init; } = DeepLabDecoderKind.FineTuning;

    /// <summary>Width of encoder and decoder.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>Channels that the fine map is reduced to.</summary>
    public int FineChannels { get; init; } = 48;

    /// <summary>Dropout behind the encoder.</summary>
    public double EncoderDropout { get; init; } = 0.5;

    /// <summary>Dropouts behind the two 3×3 convolutions of a fine-tuning decoder.</summary>
    public (double First, double Second) DecoderDropout { get; init; } = (0.5, 0.1);

    /// <summary>Dilations of the pyramid's three 3×3 convolutions: 6, 12, 18, or 3, 5, 7 at output stride 8.</summary>
    public int[] Rates => Backbone.OutputStride == 8 ? [3, 5, 7] : [6, 12, 18];

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems(Backbone.Validate());
        static bool IsRate(double rate) => rate is >= 0 and < 1;
        problems.Require(
            Backbone.OutputStride != 32,
            "Backbone.OutputStride must be 8 or 16: the pyramid has no dilations for 32.");
        problems.Require(Classes > 0 && Channels > 0 && FineChannels > 0,
            $"Classes, Channels and FineChannels must be positive, got {Classes}, {Channels} and {FineChannels}.");
        problems.Require(IsRate(EncoderDropout) && IsRate(DecoderDropout.First) && IsRate(DecoderDropout.Second),
            $"Dropouts must be in [0, 1), got {EncoderDropout} and {DecoderDropout}.");
        return problems;
    }
}
