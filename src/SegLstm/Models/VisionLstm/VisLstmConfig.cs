using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>A Vision-LSTM of the training code, in which every choice that the ablations compare is open. The defaults are those
/// of the published second release (ViL-T).</summary>
/// <remarks>
/// <para>Whatever <see cref="Layer"/> offers: one direction, two or four; alternating from block to block
/// (<see cref="MlstmLayerConfig.Alternation"/>) or all in one layer; parameters shared between them or not; the convolution;
/// biases. Besides the norms, the pooling, and learned tokens.</para>
/// <para>From the training code: class tokens, at every <see cref="ExtraLocation"/>; the authors ran the one in the middle. Ours:
/// registers, which are the same tokens under a <see cref="Head"/> that drops them; and learned tokens together with a 2-D
/// convolution or with reading by columns (<see cref="SequenceConv2d"/>, <see cref="TokenLayout"/>), where the training code stops
/// with an error.</para>
/// </remarks>
public sealed record VisLstmConfig
{
    /// <summary>The layer of every block; its D is the model's token width: 192 (T), 384 (S), 768 (B).</summary>
    public MlstmLayerConfig Layer { get; init; } = new()
    {
        Dim = 192,
        Alternation = Alternation.Bidirectional,
        Convolution = ConvolutionKind.TwoDimensional,
        ConvKernelSize = 3,
        Bias = true,
    };

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training image; other sizes get a resized position embedding.</summary>
    public long Height { get; init; } = 224;

    /// <summary>Columns of the training image.</summary>
    public long Width { get; init; } = 224;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 16;

    /// <summary>Step between patches in pixels; null is the patch size.</summary>
    public long? Stride { get; init; }

    /// <summary>Blocks.</summary>
    public int Depth { get; init; } = 24;

    /// <summary>Classes of the linear head; null: no head, the model gives features.</summary>
    public long? Classes { get; init; } = 1000;

    /// <summary>What is made of the tokens after the blocks. Learned tokens are dropped, unless it names them or is
    /// <see cref="TokenHead.None"/>.</summary>
    public TokenHead Head { get; init; } = TokenHead.BilateralFlatten;

    /// <summary>n of <see cref="TokenHead.Middle"/>.</summary>
    public int MiddleTokens { get; init; } = 1;

    /// <summary>Learned tokens among the patches.</summary>
    public int ExtraTokens { get; init; }

    /// <summary>Where they stand.</summary>
    public TokenLocation ExtraLocation { get; init; } = TokenLocation.Middle;

    /// <summary>The norm after the blocks.</summary>
    public bool PostBlocksNorm { get; init; } = true;

    /// <summary>The norm before the linear head.</summary>
    public bool HeadNorm { get; init; } = true;

    /// <summary>eps of the norm before the head.</summary>
    public double HeadNormEps { get; init; } = 1e-6;

    /// <summary>Rate of stochastic depth in [0, 1).</summary>
    public double DropPathRate { get; init; }

    /// <summary>Lets the rate grow linearly from 0 at the first block to the full rate at the last; false: one rate.</summary>
    public bool DropPathDecay { get; init; }

    /// <summary>The first release's choices: causal convolution with four taps, no biases, mean of first and last token. The
    /// ablations of the directions start from it.</summary>
    public static VisLstmConfig V1 { get; } = new()
    {
        Layer = new() { Dim = 192, Alternation = Alternation.Bidirectional },
        Head = TokenHead.BilateralAverage,
    };

    /// <summary>Grid of the position embedding: the image in patches, whatever the stride.</summary>
    public TokenGrid Grid => new(Height / PatchSize, Width / PatchSize);

    /// <summary>Numbers that the head gets of an image.</summary>
    public long Pooled => Layer.Dim * Head switch
    {
        TokenHead.BilateralFlatten => 2,
        TokenHead.Middle => MiddleTokens,
        TokenHead.ClassTokens => ExtraTokens,
        _ => 1,
    };

    /// <summary>Drop path rate of a block.</summary>
    public double DropPathAt(int index) =>
        !DropPathDecay || DropPathRate == 0 ? DropPathRate : Depth == 1 ? 0 : DropPathRate * index / (Depth - 1);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems(Layer.Validate());
        var several = Layer.Bidirectional || Layer.Quaddirectional;
        var classTokens = Head is TokenHead.ClassTokens or TokenHead.ClassTokensMean;
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(Depth > 0, $"Depth must be positive, got {Depth}.");
        problems.Require(PatchSize > 0, $"PatchSize must be positive, got {PatchSize}.");
        problems.Require(Stride is null or > 0, $"Stride must be positive, got {Stride}.");
        problems.Require(
            PatchSize > 0 && Height > 0 && Width > 0 && Height % PatchSize == 0 && Width % PatchSize == 0,
            $"Height and Width must be positive multiples of PatchSize {PatchSize}, got {Height} x {Width}.");
        problems.Require(Classes is null or > 0, $"Classes must be positive, or null for features, got {Classes}.");
        problems.Require(
            Classes is null || Head is not (TokenHead.None or TokenHead.ToImage),
            $"A linear head works on one vector, not on {Head}: set Classes = null, or another Head.");
        problems.Require(MiddleTokens > 0, $"MiddleTokens must be positive, got {MiddleTokens}.");
        problems.Require(HeadNormEps > 0, $"HeadNormEps must be positive, got {HeadNormEps}.");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        // The authors' layer then adds up outputs in different orders of reading; no run of theirs does that.
        problems.Require(
            Layer.Alternation == Alternation.None || !several,
            "Directions alternate from block to block or meet in one layer: set Alternation = None, or Bidirectional and " +
            "Quaddirectional = false.");
        problems.Require(
            ExtraTokens >= 0 && (ExtraLocation != TokenLocation.Bilateral || ExtraTokens % 2 == 0),
            $"ExtraTokens must not be negative, and even at both ends, got {ExtraTokens}.");
        problems.Require(ExtraTokens > 0 || !classTokens, $"Head {Head} pools class tokens: set ExtraTokens to their number.");
        problems.Require(
            ExtraTokens == 0 || classTokens || Head == TokenHead.None || several || Layer.Alternation != Alternation.None
                || ExtraLocation is not (TokenLocation.Last or TokenLocation.Bilateral),
            "Nothing reads a register behind the patches where all blocks read forward: set another ExtraLocation.");
        return problems;
    }
}
