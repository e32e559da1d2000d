using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>A Vision-LSTM of either release. Start from <see cref="V1"/> or <see cref="V2"/> and change with
/// <c>with</c>.</summary>
public sealed record VisionLstmConfig
{
    /// <summary>1: <see cref="VisionLSTM"/>; 2: <see cref="VisionLSTM2"/>.</summary>
    public required int Version { get; init; }

    /// <summary>D, token width: 192 (T), 384 (S), 768 (B).</summary>
    public long Dim { get; init; } = 192;

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training image; other sizes get a resized position embedding.</summary>
    public long Height { get; init; } = 224;

    /// <summary>Columns of the training image.</summary>
    public long Width { get; init; } = 224;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 16;

    /// <summary>Step between patches in pixels; null is the patch size. Half of it is the published long-sequence variant of
    /// version 1.</summary>
    public long? Stride { get; init; }

    /// <summary>Sub-blocks (version 1) or pairs of them (version 2).</summary>
    public int Depth { get; init; }

    /// <summary>Classes of the linear head; null: no head, the model gives features.</summary>
    public long? Classes { get; init; }

    /// <summary>What is made of the tokens after the blocks.</summary>
    public TokenHead Head { get; init; }

    /// <summary>Adds the norm that the training code had besides the needed one.</summary>
    public bool LegacyNorm { get; init; }

    /// <summary>False leaves out the needed norm at the end (after the blocks in version 2, before the head in version 1), as in
    /// the authors' segmentation set-up.</summary>
    public bool PostBlocksNorm { get; init; } = true;

    /// <summary>eps of the norm right after the blocks. The released code and the training code have the two eps values the other
    /// way round.</summary>
    public double PostBlocksNormEps { get; init; }

    /// <summary>eps of the norm in front of the head.</summary>
    public double HeadNormEps { get; init; }

    /// <summary>Rate of stochastic depth in [0, 1).</summary>
    public double DropPathRate { get; init; }

    /// <summary>Lets the rate grow linearly from 0 at the first block to the full rate at the last; false: one rate (as
    /// published).</summary>
    public bool DropPathDecay { get; init; }

    /// <summary>Kind of convolution.</summary>
    public ConvolutionKind Convolution { get; init; }

    /// <summary>Taps of the causal convolution, or side of the 2-D kernel.</summary>
    public long ConvKernelSize { get; init; }

    /// <summary>Biases of the projections.</summary>
    public bool ProjBias { get; init; }

    /// <summary>Biases of the norms.</summary>
    public bool NormBias { get; init; }

    /// <summary>True: proj_down starts smaller by the number of sub-blocks (<c>original-fixed</c>); false: as released.</summary>
    public bool FixedInit { get; init; }

    /// <summary>How the mLSTM is computed.</summary>
    public MlstmOptions Mlstm { get; init; } = new();

    /// <summary>The first release's defaults: ViL-T with 24 sub-blocks and a head of 1000 classes.</summary>
    public static VisionLstmConfig V1 { get; } = new()
    {
        Version = 1,
        Depth = 24,
        Classes = 1000,
        Head = TokenHead.BilateralAverage,
        PostBlocksNormEps = 1e-5,
        HeadNormEps = 1e-6,
        Convolution = ConvolutionKind.Causal1d,
        ConvKernelSize = 4,
    };

    /// <summary>The second release's defaults: ViL-T with 12 pairs and a head of 1000 classes.</summary>
    public static VisionLstmConfig V2 { get; } = new()
    {
        Version = 2,
        Depth = 12,
        Classes = 1000,
        Head = TokenHead.BilateralFlatten,
        PostBlocksNormEps = 1e-6,
        HeadNormEps = 1e-5,
        Convolution = ConvolutionKind.TwoDimensional,
        ConvKernelSize = 3,
        ProjBias = true,
        NormBias = true,
    };

    /// <summary>Sub-blocks in all.</summary>
    public int SubBlocks => Version == 2 ? 2 * Depth : Depth;

    /// <summary>Grid of the position embedding: the image in patches, whatever the stride.</summary>
    public TokenGrid Grid => new(Height / PatchSize, Width / PatchSize);

    /// <summary>The layer that every sub-block has (direction aside).</summary>
    public ViLLayerConfig Layer => new()
    {
        Dim = Dim,
        Version = Version,
        Convolution = Convolution,
        ConvKernelSize = ConvKernelSize,
        ProjBias = ProjBias,
        NormBias = NormBias,
        Grid = Grid,
        InitBlocks = FixedInit ? SubBlocks : 1,
        Mlstm = Mlstm,
    };

    /// <summary>Drop path rate of block (version 1) or pair (version 2) <paramref name="index"/>.</summary>
    public double DropPathAt(int index) =>
        !DropPathDecay || DropPathRate == 0 ? DropPathRate
        : Depth == 1 ? 0
        : DropPathRate * index / (Depth - 1);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems(Layer.Validate());
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(Depth > 0, $"Depth must be positive, got {Depth}.");
        problems.Require(PatchSize > 0, $"PatchSize must be positive, got {PatchSize}.");
        problems.Require(Stride is null or > 0, $"Stride must be positive, got {Stride}.");
        problems.Require(
            PatchSize > 0 && Height > 0 && Width > 0 && Height % PatchSize == 0 && Width % PatchSize == 0,
            $"Height and Width must be positive multiples of PatchSize {PatchSize}, got {Height} x {Width}.");
        problems.Require(Classes is null or > 0, $"Classes must be positive, or null for features, got {Classes}.");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        problems.Require(
            PostBlocksNormEps > 0 && HeadNormEps > 0,
            $"The norms' eps must be positive, got {PostBlocksNormEps} and {HeadNormEps}.");
        problems.Require(
            Classes is null || Head != TokenHead.ToImage,
            "A linear head works on tokens, not on an image: set Classes = null, or another Head.");
        problems.Require(
            Head <= TokenHead.BilateralFlatten,
            $"Head {Head} is one of the training code: take VisLSTM with VisLstmConfig, or Head = BilateralFlatten.");
        problems.Require(
            Version == 2 || Head is TokenHead.None or TokenHead.BilateralAverage,
            $"Version 1 has Head None and BilateralAverage only, got {Head}.");
        return problems;
    }
}
