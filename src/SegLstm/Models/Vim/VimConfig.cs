using SegLstm.Layers;
using SegLstm.Models.Mamba;

namespace SegLstm.Models.Vim;

/// <summary>A Vision Mamba. Start from <see cref="Tiny"/>, <see cref="Small"/> or <see cref="Base"/> and change with
/// <c>with</c>.</summary>
public sealed record VimConfig
{
    /// <summary>D, token width: 192 (T), 384 (S), 768 (B).</summary>
    public long Dim { get; init; } = 192;

    /// <summary>Layers.</summary>
    public int Depth { get; init; } = 24;

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training image; other sizes get a resized position embedding.</summary>
    public long Height { get; init; } = 224;

    /// <summary>Columns of the training image.</summary>
    public long Width { get; init; } = 224;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 16;

    /// <summary>Step between patches in pixels; null is the patch size. Half of it is the published fine-tuned variant
    /// ("+").</summary>
    public long? Stride { get; init; }

    /// <summary>Classes of the linear head; null: no head, the classifier gives features.</summary>
    public long? Classes { get; init; } = 1000;

    /// <summary>N, numbers that a channel of a scan remembers.</summary>
    public long StateSize { get; init; } = 16;

    /// <summary>Directions of the mixers.</summary>
    public MixerDirections Directions { get; init; } = MixerDirections.Both;

    /// <summary>Takes half of the two directions' sum.</summary>
    public bool DivideOut { get; init; } = true;

    /// <summary>Initial value of a learned factor for every channel of a mixer's output; null: no factor.</summary>
    public double? LayerScale { get; init; }

    /// <summary>Where the class token stands.</summary>
    public ClassToken ClassToken { get; init; } = ClassToken.Middle;

    /// <summary>What the head reads where there is no class token.</summary>
    public TokenPool Pool { get; init; } = TokenPool.Mean;

    /// <summary>True: RMS norms; false: layer norms.</summary>
    public bool RmsNorm { get; init; } = true;

    /// <summary>eps of the norms.</summary>
    public double NormEps { get; init; } = 1e-5;

    /// <summary>Rate of stochastic depth in [0, 1) behind the last layer. Published for classifiers: 0 (T), 0.05 (S).</summary>
    public double DropPathRate { get; init; }

    /// <summary>Vim-T: 7,148,008 parameters.</summary>
    public static VimConfig Tiny { get; } = new();

    /// <summary>Vim-S: 25,796,584 parameters.</summary>
    public static VimConfig Small { get; } = new() { Dim = 384 };

    /// <summary>Vim-B: 97,598,440 parameters.</summary>
    public static VimConfig Base { get; } = new() { Dim = 768 };

    /// <summary>Step between patches.</summary>
    public long PatchStep => Stride ?? PatchSize;

    /// <summary>Token grid of the training image.</summary>
    public TokenGrid Grid => GridOf(Height, Width);

    /// <summary>The mixer of every layer.</summary>
    public VimMixerConfig Mixer => new()
    {
        Block = new MambaConfig { Dim = Dim, StateSize = StateSize },
        Directions = Directions,
        DivideOut = DivideOut,
        LayerScale = LayerScale,
    };

    /// <summary>Token grid of an image.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public TokenGrid GridOf(long height, long width) =>
        new(((height - PatchSize) / PatchStep) + 1, ((width - PatchSize) / PatchStep) + 1);

    /// <summary>Place of the class token among the tokens of an image; null where there is none.</summary>
    /// <param name="patches">Patches of the image.</param>
    public long? ClassTokenIndex(long patches) => ClassToken switch
    {
        ClassToken.Middle => patches / 2,
        ClassToken.Head => 0,
        _ => null,
    };

    /// <summary>Drop path rate of what layer <paramref name="index"/> adds to the residual: the output of the layer before
    /// it.</summary>
    /// <remarks>The authors' list is [0, linspace(0, rate, depth)]; its last entry is used behind the last layer.</remarks>
    public double DropPathAt(int index) => index < 2 || Depth < 2 ? 0 : DropPathRate * (index - 1) / (Depth - 1);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems(Mixer.Validate());
        bool Fits(long side) => side >= PatchSize && (side - PatchSize) % PatchStep == 0;
        problems.Require(Depth > 0, $"Depth must be positive, got {Depth}.");
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(PatchSize > 0, $"PatchSize must be positive, got {PatchSize}.");
        problems.Require(
            Stride is null || (Stride > 0 && Stride <= PatchSize),
            $"Stride must be from 1 to PatchSize, got {Stride}.");
        problems.Require(
            PatchSize < 1 || PatchStep < 1 || (Fits(Height) && Fits(Width)),
            $"Height and Width must be PatchSize {PatchSize} and any number of steps of {PatchStep}, got {Height} x {Width}.");
        problems.Require(Classes is null or > 0, $"Classes must be positive, or null for features, got {Classes}.");
        problems.Require(Enum.IsDefined(ClassToken), $"ClassToken has no value {(int)ClassToken}.");
        problems.Require(Enum.IsDefined(Pool), $"Pool has no value {(int)Pool}.");
        problems.Require(NormEps > 0, $"NormEps must be positive, got {NormEps}.");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        return problems;
    }
}
