using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>One ViL layer. The defaults are those of version 2.</summary>
public sealed record ViLLayerConfig
{
    /// <summary>D, width of the residual stream.</summary>
    public required long Dim { get; init; }

    /// <summary>Order of reading.</summary>
    public Traversal Direction { get; init; } = Traversal.RowwiseFromTopLeft;

    /// <summary>E / D.</summary>
    public long Expansion { get; init; } = 2;

    /// <summary>Block size of the q, k, v maps, and (in the authors' code the same number) heads of the cell.</summary>
    public long QkvBlockSize { get; init; } = 4;

    /// <summary>1: names of the first release (<c>conv1d.conv.*</c>, always causal); 2: of the second.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Kind of convolution.</summary>
    public ConvolutionKind Convolution { get; init; } = ConvolutionKind.TwoDimensional;

    /// <summary>Taps of the causal convolution, or side of the 2-D kernel.</summary>
    public long ConvKernelSize { get; init; } = 3;

    /// <summary>Bias of the convolution.</summary>
    public bool ConvBias { get; init; } = true;

    /// <summary>Biases of proj_up, proj_down and the q, k, v maps.</summary>
    public bool ProjBias { get; init; } = true;

    /// <summary>Biases of the norms.</summary>
    public bool NormBias { get; init; } = true;

    /// <summary>Token grid for the 2-D convolution; null is the square grid.</summary>
    public TokenGrid? Grid { get; init; }

    /// <summary>n in the standard deviation <c>2 / (n sqrt(D))</c> of proj_down: 1 as released, the number of sub-blocks in
    /// <c>original-fixed</c>.</summary>
    public long InitBlocks { get; init; } = 1;

    /// <summary>How the mLSTM is computed.</summary>
    public MlstmOptions Mlstm { get; init; } = new();

    /// <summary>E, inner width.</summary>
    public long InnerDim => Expansion * Dim;

    /// <summary>The layer of the first release: causal convolution with four taps, no biases.</summary>
    public static ViLLayerConfig V1(long dim, Traversal direction = Traversal.RowwiseFromTopLeft) => new()
    {
        Dim = dim,
        Direction = direction,
        Version = 1,
        Convolution = ConvolutionKind.Causal1d,
        ConvKernelSize = 4,
        ProjBias = false,
        NormBias = false,
    };

    /// <summary>The layer of the second release.</summary>
    public static ViLLayerConfig V2(long dim, Traversal direction = Traversal.RowwiseFromTopLeft) =>
        new() { Dim = dim, Direction = direction };

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Dim < 1)
        {
            problems.Add($"Dim must be positive, got {Dim}.");
        }

        if (QkvBlockSize < 1 || InnerDim % QkvBlockSize != 0)
        {
            problems.Add(
                $"The inner width {InnerDim} (Expansion {Expansion} x Dim {Dim}) must be a multiple of QkvBlockSize {QkvBlockSize}.");
        }

        if (Version is not (1 or 2))
        {
            problems.Add($"Version must be 1 or 2, got {Version}.");
        }

        if (Version == 1 && Convolution != ConvolutionKind.Causal1d)
        {
            problems.Add("Version 1 has the causal convolution only: set Convolution = Causal1d, or Version = 2.");
        }

        if (ConvKernelSize < 1 || (Convolution == ConvolutionKind.TwoDimensional && ConvKernelSize % 2 == 0))
        {
            problems.Add($"ConvKernelSize must be positive, and odd for a 2-D convolution, got {ConvKernelSize}.");
        }

        if (InitBlocks < 1)
        {
            problems.Add($"InitBlocks must be at least 1, got {InitBlocks}.");
        }

        return problems;
    }
}
