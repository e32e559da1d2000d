using TorchSharp;

namespace SegLstm.Models.ResNet;

/// <summary>A ResNet of bottleneck blocks. The defaults are torchvision's ResNet-50.</summary>
public sealed record ResNetConfig
{
    /// <summary>torchvision's ResNet-50.</summary>
    public static ResNetConfig ResNet50 { get; } = new();

    /// <summary>torchvision's ResNet-101.</summary>
    public static ResNetConfig ResNet101 { get; } = new() { Blocks = [3, 4, 23, 3] };

    /// <summary>GLCNet's ResNet-50: output stride 16, every 3×3 of the last stage dilated, batch norm momentum 0.9,
    /// Kaiming-normal by fan in. Source: GeoX-Lab/G-RSIM, <c>deeplab_utils/ResNet.py</c>.</summary>
    public static ResNetConfig GlcNet { get; } = new()
    {
        OutputStride = 16,
        Dilation = DilationRule.WholeStage,
        BatchNormMomentum = 0.9,
        InitFan = torch.nn.init.FanInOut.FanIn,
    };

    /// <summary>Blocks in each of the four stages.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Bands of the image.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Channels of the stem; stage k (from 0) gives 4·2ᵏ times as many.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Image pixels in a step of the last map: 8, 16 or 32. Below 32, dilation takes the place of the last
    /// strides.</summary>
    public int OutputStride { get; init; } = 32;

    /// <summary>Where that dilation applies.</summary>
    public DilationRule Dilation { get; init; } = DilationRule.AfterFirstBlock;

    /// <summary>Share of the new batch in the running statistics.</summary>
    public double BatchNormMomentum { get; init; } = 0.1;

    /// <summary>Which fan of a convolution its Kaiming-normal weights keep the variance of.</summary>
    public torch.nn.init.FanInOut InitFan { get; init; } = torch.nn.init.FanInOut.FanOut;

    /// <summary>Image pixels in a step of each stage's map.</summary>
    public int[] Strides => [.. new[] { 4, 8, 16, 32 }.Select(stride => Math.Min(stride, OutputStride))];

    /// <summary>Channels of each stage's map.</summary>
    public int[] StageChannels => [4 * Width, 8 * Width, 16 * Width, 32 * Width];

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Blocks.Count == 4 && Blocks.All(count => count > 0),
            $"Blocks must be four positive numbers, got [{string.Join(", ", Blocks)}].");
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(Width > 0, $"Width must be positive, got {Width}.");
        problems.Require(OutputStride is 8 or 16 or 32, $"OutputStride must be 8, 16 or 32, got {OutputStride}.");
        problems.Require(BatchNormMomentum is > 0 and <= 1, $"BatchNormMomentum must be in (0, 1], got {BatchNormMomentum}.");
        return problems;
    }
}
