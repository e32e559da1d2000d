using SegLstm.Layers;

namespace SegLstm.Models.Vit;

/// <summary>A plain vision transformer. The defaults are DeiT-T at 224²; DeiT-III has <see cref="LayerScale"/> 1e-4, no
/// <see cref="ClassPosition"/> and no <see cref="DropPathDecay"/>.</summary>
public record VitConfig
{
    /// <summary>D, token width: 192 (T), 384 (S), 512 (M), 768 (B), 1024 (L).</summary>
    public long Dim { get; init; } = 192;

    /// <summary>Blocks.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads; 64 channels each in the published models.</summary>
    public long Heads { get; init; } = 3;

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training image; other sizes get resized position embeddings.</summary>
    public long Height { get; init; } = 224;

    /// <summary>Columns of the training image.</summary>
    public long Width { get; init; } = 224;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 16;

    /// <summary>Width of the MLP over D.</summary>
    public double MlpRatio { get; init; } = 4;

    /// <summary>Bias of queries, keys and values.</summary>
    public bool QkvBias { get; init; } = true;

    /// <summary>Added to the variance in every norm.</summary>
    public double NormEps { get; init; } = 1e-6;

    /// <summary>Initial value of the factors on both residual branches; null: there are none.</summary>
    public double? LayerScale { get; init; }

    /// <summary>Whether the class token has a position embedding, too. Without, positions are added before the class token is put
    /// in front.</summary>
    public bool ClassPosition { get; init; } = true;

    /// <summary>Rate of stochastic depth in [0, 1).</summary>
    public double DropPathRate { get; init; }

    /// <summary>Lets the rate grow linearly from 0 at the first block to the full rate at the last; false: one rate.</summary>
    public bool DropPathDecay { get; init; } = true;

    /// <summary>Grid of the position embedding.</summary>
    public TokenGrid Grid => new(Height / PatchSize, Width / PatchSize);

    /// <summary>Width inside the MLP.</summary>
    public long Hidden => (long)(Dim * MlpRatio);

    /// <summary>Drop path rate of block <paramref name="index"/>.</summary>
    public double DropPathAt(int index) =>
        !DropPathDecay || DropPathRate == 0 ? DropPathRate
        : Depth == 1 ? 0
        : DropPathRate * index / (Depth - 1);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public virtual IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(Depth > 0, $"Depth must be positive, got {Depth}.");
        problems.Require(
            Dim > 0 && Heads > 0 && Dim % Heads == 0,
            $"Dim must be a positive multiple of Heads, got {Dim} and {Heads}.");
        problems.Require(
            MlpRatio > 0 && Hidden > 0,
            $"MlpRatio must give the MLP at least one channel, got {MlpRatio} of {Dim}.");
        problems.Require(
            PatchSize > 0 && Height >= PatchSize && Width >= PatchSize,
            $"Height and Width must be at least PatchSize {PatchSize}, which must be positive; got {Height} x {Width}.");
        problems.Require(NormEps > 0, $"NormEps must be positive, got {NormEps}.");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        return problems;
    }

    /// <summary>Throws unless the configuration is valid.</summary>
    /// <exception cref="ArgumentException">It is not; the message lists all problems.</exception>
    internal void Check(string name)
    {
        Problems.ThrowIfAny(name, Validate());
    }
}
