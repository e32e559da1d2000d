using SegLstm.Layers;

namespace SegLstm.Models.Swin;

/// <summary>A Swin transformer. The defaults are Swin-T.</summary>
public sealed record SwinConfig
{
    /// <summary>Token width of the first stage; every further stage doubles it. 96 (T, S) or 128 (B).</summary>
    public long Dim { get; init; } = 96;

    /// <summary>Blocks of each stage; every second one shifts its windows.</summary>
    public int[] Depths { get; init; } = [2, 2, 6, 2];

    /// <summary>Attention heads of each stage.</summary>
    public int[] Heads { get; init; } = [3, 6, 12, 24];

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training image: the size that the classifier takes, and that absolute positions are for.</summary>
    public long Height { get; init; } = 224;

    /// <summary>Columns of the training image.</summary>
    public long Width { get; init; } = 224;

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; init; } = 4;

    /// <summary>Side of a window in tokens.</summary>
    public long Window { get; init; } = 7;

    /// <summary>Width of the MLP over that of the tokens.</summary>
    public double MlpRatio { get; init; } = 4;

    /// <summary>Bias of queries, keys and values.</summary>
    public bool QkvBias { get; init; } = true;

    /// <summary>A norm on the embedded patches.</summary>
    public bool PatchNorm { get; init; } = true;

    /// <summary>Adds a learned vector for every place; the published models have none.</summary>
    public bool AbsolutePositions { get; init; }

    /// <summary>Rate of stochastic depth in [0, 1) at the last block; it grows linearly from 0 at the first.</summary>
    public double DropPathRate { get; init; } = 0.1;

    /// <summary>Added to the variance in every norm.</summary>
    public static double NormEps => 1e-5;

    /// <summary>Stages.</summary>
    public int Stages => Depths.Length;

    /// <summary>Grid of the embedded patches of the training image.</summary>
    public TokenGrid Grid => new(Height / PatchSize, Width / PatchSize);

    /// <summary>Token width of a stage.</summary>
    public long DimOf(int stage) => Dim << stage;

    /// <summary>Width inside a stage's MLPs.</summary>
    public long HiddenOf(int stage) => (long)(DimOf(stage) * MlpRatio);

    /// <summary>Drop path rate of a block.</summary>
    public double DropPathAt(int stage, int block)
    {
        var total = Depths.Sum();
        return total == 1 ? 0 : DropPathRate * (Depths.Take(stage).Sum() + block) / (total - 1);
    }

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(
            Depths.Length > 0 && Depths.Length == Heads.Length && Depths.All(depth => depth > 0) && Heads.All(heads => heads > 0),
            $"Depths and Heads must be positive, one of each a stage, got [{string.Join(", ", Depths)}] " +
            $"and [{string.Join(", ", Heads)}].");
        problems.Require(
            Dim > 0 && Heads.Select((heads, stage) => heads > 0 && DimOf(stage) % heads == 0).All(fits => fits),
            $"Dim must be positive and each stage's width a multiple of its heads, got {Dim} with [{string.Join(", ", Heads)}].");
        problems.Require(
            PatchSize > 0 && Height >= PatchSize && Width >= PatchSize,
            $"Height and Width must be at least PatchSize {PatchSize}, which must be positive; got {Height} x {Width}.");
        problems.Require(Window > 0, $"Window must be positive, got {Window}.");
        problems.Require(
            MlpRatio > 0 && HiddenOf(0) > 0,
            $"MlpRatio must give the MLP at least one channel, got {MlpRatio} of {Dim}.");
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
