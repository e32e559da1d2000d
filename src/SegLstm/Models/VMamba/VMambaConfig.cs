namespace SegLstm.Models.VMamba;

/// <summary>A VMamba of either release. The defaults are VMamba-T <c>s1l8</c>, the newest tiny one; other published sizes are
/// static properties.</summary>
public sealed record VMambaConfig
{
    /// <summary>Channels of the stages' maps.</summary>
    public IReadOnlyList<int> Dims { get; init; } = [96, 192, 384, 768];

    /// <summary>Blocks of the stages.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [2, 2, 8, 2];

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Classes of the classifier; backbones have none.</summary>
    public long Classes { get; init; } = 1000;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 4;

    /// <summary>How an image becomes the first map.</summary>
    public PatchEmbedVersion PatchEmbed { get; init; } = PatchEmbedVersion.V2;

    /// <summary>How maps are halved between stages.</summary>
    public DownsampleVersion Downsample { get; init; } = DownsampleVersion.V3;

    /// <summary>True: maps are <c>(B, D, H, W)</c> inside (<c>norm_layer = ln2d</c>); false: channels last (<c>ln</c>).</summary>
    public bool ChannelsFirst { get; init; } = true;

    /// <summary>N, states of a channel.</summary>
    public long StateSize { get; init; } = 1;

    /// <summary>Inner channels of the scan a channel.</summary>
    public double SsmRatio { get; init; } = 1;

    /// <summary>Rank of the step sizes; null: a sixteenth of the channels, rounded up.</summary>
    public long? StepRank { get; init; }

    /// <summary>Side of the depthwise kernel in front of the scan; below 2: no convolution.</summary>
    public long ConvKernelSize { get; init; } = 3;

    /// <summary>Bias of the depthwise convolution.</summary>
    public bool ConvBias { get; init; }

    /// <summary>How state matrix and step biases start; the second release's step weights start small, as all linear maps of a
    /// whole model do.</summary>
    public SS2DInit Init { get; init; }

    /// <summary>Form of the operator, in VMamba's words (see <see cref="SS2DForm"/>).</summary>
    public string ForwardType { get; init; } = "v05_noz";

    /// <summary>Hidden channels of the MLP a channel; 0: no MLP.</summary>
    public double MlpRatio { get; init; } = 4;

    /// <summary>Rate of stochastic depth of the last block in [0, 1); it grows linearly from 0 at the first.</summary>
    public double DropPathRate { get; init; } = 0.2;

    /// <summary>VMamba-T, second release, scan width as the map's.</summary>
    public static VMambaConfig TinyS1L8 { get; } = new();

    /// <summary>VMamba-S, second release, scan width as the map's.</summary>
    public static VMambaConfig SmallS1L20 { get; } = new() { Depths = [2, 2, 20, 2], DropPathRate = 0.3 };

    /// <summary>VMamba-B, second release, scan width as the map's.</summary>
    public static VMambaConfig BaseS1L20 { get; } = SmallS1L20 with { Dims = [128, 256, 512, 1024], DropPathRate = 0.5 };

    /// <summary>VMamba-T, second release, scan twice as wide.</summary>
    public static VMambaConfig TinyS2L5 { get; } = new() { Depths = [2, 2, 5, 2], SsmRatio = 2 };

    /// <summary>VMamba-S, second release, scan twice as wide.</summary>
    public static VMambaConfig SmallS2L15 { get; } = new() { Depths = [2, 2, 15, 2], SsmRatio = 2, DropPathRate = 0.3 };

    /// <summary>VMamba-B, second release, scan twice as wide.</summary>
    public static VMambaConfig BaseS2L15 { get; } = SmallS2L15 with { Dims = [128, 256, 512, 1024], DropPathRate = 0.6 };

    /// <summary>Vanilla VMamba-T: the first release, with gate and without MLP.</summary>
    public static VMambaConfig VanillaTiny { get; } = new()
    {
        Depths = [2, 2, 9, 2],
        PatchEmbed = PatchEmbedVersion.V1,
        Downsample = DownsampleVersion.V1,
        ChannelsFirst = false,
        StateSize = 16,
        SsmRatio = 2,
        ConvBias = true,
        ForwardType = "v0",
        MlpRatio = 0,
    };

    /// <summary>Vanilla VMamba-S.</summary>
    public static VMambaConfig VanillaSmall { get; } = VanillaTiny with { Depths = [2, 2, 27, 2], DropPathRate = 0.3 };

    /// <summary>Vanilla VMamba-B.</summary>
    public static VMambaConfig VanillaBase { get; } = VanillaSmall with { Dims = [128, 256, 512, 1024], DropPathRate = 0.6 };

    /// <summary>Image pixels in a step of the first map.</summary>
    public long StemStride => PatchEmbed == PatchEmbedVersion.V1 ? PatchSize : (PatchSize / 2) * (PatchSize / 2);

    /// <summary>The operator of a stage's blocks.</summary>
    /// <param name="stage">Index of the stage.</param>
    public SS2DConfig Operator(int stage) => new()
    {
        Dim = Dims[stage],
        StateSize = StateSize,
        Ratio = SsmRatio,
        Rank = StepRank,
        ConvKernelSize = ConvKernelSize,
        ConvBias = ConvBias,
        ForwardType = ForwardType,
        ChannelsFirst = ChannelsFirst,
        Init = Init,
    };

    /// <summary>Drop path rate of a block by its index in the network.</summary>
    public double DropPathAt(int index) => Depths.Sum() is var depth and > 1 ? DropPathRate * index / (depth - 1) : 0;

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(
            Dims.Count > 0 && Dims.Count == Depths.Count && Dims.Concat(Depths).All(number => number > 0),
            $"Dims and Depths must be as many positive numbers, " +
            $"got [{string.Join(", ", Dims)}] and [{string.Join(", ", Depths)}].");
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(Classes > 0, $"Classes must be positive, got {Classes}.");
        problems.Require(
            PatchSize >= (PatchEmbed == PatchEmbedVersion.V1 ? 1 : 2),
            $"PatchSize must be positive, and at least 2 for {nameof(PatchEmbedVersion)}.V2, got {PatchSize}.");
        problems.Require(
            PatchEmbed == PatchEmbedVersion.V1 || Dims is not [< 2, ..],
            $"{nameof(PatchEmbedVersion)}.V2 begins with half of the first width: Dims[0] must be at least 2.");
        problems.Require(MlpRatio >= 0, $"MlpRatio must be positive, or 0 for no MLP, got {MlpRatio}.");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        return [.. problems.Concat(Enumerable.Range(0, Dims.Count).SelectMany(stage => Operator(stage).Validate())).Distinct()];
    }

    /// <summary>Throws unless the configuration is valid.</summary>
    /// <param name="model">Name of the model that is made of it.</param>
    internal VMambaConfig Checked(string model)
    {
        Problems.ThrowIfAny(model, Validate());
        return this;
    }
}
