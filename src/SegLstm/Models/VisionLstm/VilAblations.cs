using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>ViL-T with one choice changed, in the segmentation set-up of <see cref="VisionLstmModels"/>.</summary>
/// <remarks>
/// <para>The directions are the authors' ablation on a part of ImageNet at 128² (NX-AI/vision-lstm,
/// <c>yamls/pretrain/vil/v1/in100</c>). It starts from the first release, which is <c>vil_tiny</c> itself. The 2-D convolution and
/// the biases are steps of theirs from there to the second release, here one at a time. Registers are ours. None has a published
/// segmentation score.</para>
/// </remarks>
public static class VilAblations
{
    private static readonly (string Name, string Words, VisLstmConfig Config)[] Variants =
    [
        ("vil_tiny_unidirectional", "reads forward only", Read(layer => layer)),
        ("vil_tiny_parallel", "two directions in every block", Read(layer => layer with { Bidirectional = true })),
        ("vil_tiny_parallel_shared", "two directions in every block with the same parameters",
            Read(layer => layer with { Bidirectional = true, ShareDirections = true })),
        ("vil_tiny_quaddirectional", "four directions in turn",
            Read(layer => layer with { Alternation = Alternation.Quaddirectional })),
        ("vil_tiny_quaddirectional_parallel", "four directions in every block",
            Read(layer => layer with { Quaddirectional = true })),
        ("vil_tiny_quaddirectional_parallel_shared", "four directions in every block with the same parameters",
            Read(layer => layer with { Quaddirectional = true, ShareDirections = true })),
        ("vil_tiny_conv2d", "2-D convolution", VisLstmConfig.V1 with
        {
            Layer = VisLstmConfig.V1.Layer with { Convolution = ConvolutionKind.TwoDimensional, ConvKernelSize = 3 },
        }),
        ("vil_tiny_bias", "biases", VisLstmConfig.V1 with { Layer = VisLstmConfig.V1.Layer with { Bias = true } }),
        ("vil2_tiny_registers", "four registers spread evenly",
            new VisLstmConfig { ExtraTokens = 4, ExtraLocation = TokenLocation.Uniform }),
    ];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => Variants.Select(variant => new CatalogEntry(
        variant.Name,
        $"ablation: ViL release {(variant.Name.StartsWith("vil2", StringComparison.Ordinal) ? 2 : 1)}, width 192, " +
        $"{variant.Words}, patch 16, UPerNet 192",
        VisionLstmModels.Paper,
        512,
        (classes, bands, side) => VisionLstmModels.Create(
            variant.Config with { Channels = bands, Height = side, Width = side }, classes, [7, 11, 15, 23], 192),
        () => VisionLstmModels.Create(
            variant.Config with
            {
                Layer = variant.Config.Layer with { Dim = 16, InnerDim = 32 },
                Depth = 4,
                Height = 32,
                Width = 32,
            },
            3, [0, 1, 2, 3], channels: 8)));

    /// <summary>The first release with other directions.</summary>
    private static VisLstmConfig Read(Func<MlstmLayerConfig, MlstmLayerConfig> change) =>
        VisLstmConfig.V1 with { Layer = change(VisLstmConfig.V1.Layer with { Alternation = Alternation.None }) };
}
