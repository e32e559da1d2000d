using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using SegLstm.Models.VisionLstm;
using SegLstm.Pretraining.Networks;

namespace SegLstm.Tests.Pretraining;

/// <summary>Small encoders by name.</summary>
internal static class Trunks
{
    public static readonly string[] Names = ["deeplab", "resnet", "vil"];

    public static DeepLabConfig DeepLab { get; } = new()
    {
        Backbone = ResNetConfig.GlcNet with { Blocks = [1, 1, 1, 1], Width = 4 },
        Channels = 16,
        FineChannels = 4,
        EncoderDropout = 0,
    };

    public static VisionLstmConfig Vil { get; } =
        VisionLstmConfig.V2 with { Dim = 16, Depth = 2, Height = TileViews.Side, Width = TileViews.Side, PatchSize = 8 };

    public static Trunk Make(string name) => name switch
    {
        "deeplab" => new Trunk(DeepLab),
        "resnet" => new Trunk(new ResNetBackbone(new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 4, OutputStride = 16 }), 3),
        _ => new Trunk(new VisionLstmBackbone(Vil, [0, 1, 2, 3], pyramid: false), 3),
    };
}
