using SegLstm.Kernels.Mlstm;

namespace SegLstm.Models.VisionLstm;

/// <summary>One mLSTM layer of the ViL training code, with the traversals of the ablations.</summary>
/// <remarks>Source: NX-AI/vision-lstm, <c>src/vislstm/modules/xlstm/blocks/mlstm/layer.py</c>.</remarks>
public sealed record MlstmLayerConfig
{
    /// <summary>D.</summary>
    public required long Dim { get; init; }

    /// <summary>E; null rounds 2·D up to a multiple of 64, as the training code does.</summary>
    public long? InnerDim { get; init; }

    /// <summary>Direction by index.</summary>
    public Alternation Alternation { get; init; }

    /// <summary>Reads forward and reversed in one layer.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Reads rows and columns, both ways, in one layer.</summary>
    public bool Quaddirectional { get; init; }

    /// <summary>The directions of one layer share all parameters.</summary>
    public bool ShareDirections { get; init; }

    /// <summary>Kind of convolution.</summary>
    public ConvolutionKind Convolution { get; init; } = ConvolutionKind.Causal1d;

    /// <summary>Taps of the causal convolution, or side of the 2-D kernel.</summary>
    public long ConvKernelSize { get; init; } = 4;

    /// <summary>One convolution for queries and keys (and values); false: one each, 2-D only.</summary>
    public bool ShareConvolution { get; init; } = true;

    /// <summary>Values are convolved too.</summary>
    public bool ConvolveValues { get; init; }

    /// <summary>Block size of the q, k, v maps.</summary>
    public long QkvBlockSize { get; init; } = 4;

    /// <summary>Heads of the cell.</summary>
    public long Heads { get; init; } = 4;

    /// <summary>Biases of the projections and the forward cell's norm.</summary>
    public bool Bias { get; init; }

    /// <summary>Initial value of a learned factor on the output (LayerScale); null: none.</summary>
    public double? LayerScale { get; init; }

    /// <summary>n in the standard deviation <c>2 / (n sqrt(D))</c> of proj_down.</summary>
    public long InitBlocks { get; init; } = 1;

    /// <summary>How the mLSTM is computed.</summary>
    public MlstmOptions Mlstm { get; init; } = new();

    /// <summary>E as it will be.</summary>
    public long Inner => InnerDim ?? (2 * Dim + 63) / 64 * 64;

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Dim > 0, $"Dim must be positive, got {Dim}.");
        problems.Require(
            QkvBlockSize > 0 && Heads > 0 && Inner % QkvBlockSize == 0 && Inner % Heads == 0,
            $"The inner width {Inner} must be a multiple of QkvBlockSize {QkvBlockSize} and of Heads {Heads}.");
        var twoDimensional = Convolution == ConvolutionKind.TwoDimensional;
        problems.Require(
            ConvKernelSize > 0 && (!twoDimensional || ConvKernelSize % 2 == 1),
            $"ConvKernelSize must be positive, and odd for a 2-D convolution, got {ConvKernelSize}.");
        problems.Require(!twoDimensional || !Quaddirectional, "Quaddirectional takes the causal convolution.");
        problems.Require(
            ShareConvolution || twoDimensional,
            "Convolutions of their own for queries and keys are 2-D: set Convolution = TwoDimensional.");
        problems.Require(
            ShareConvolution || !(Bidirectional || Quaddirectional),
            "Layers that read in several directions share the convolution: set ShareConvolution = true.");
        return problems;
    }
}
