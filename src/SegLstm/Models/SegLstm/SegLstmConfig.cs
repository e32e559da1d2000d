using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;
using SegLstm.Models.VisionLstm;

namespace SegLstm.Models.SegLstm;

/// <summary>The Seg-LSTM encoder. The defaults are the published configuration.</summary>
public sealed record SegLstmConfig
{
    /// <summary>D, token width and channels of every feature map.</summary>
    public long Dim { get; init; } = 384;

    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Rows of the training crop; other sizes get a resized position embedding.</summary>
    public long Height { get; init; } = 512;

    /// <summary>Columns of the training crop.</summary>
    public long Width { get; init; } = 512;

    /// <summary>Patch side in pixels, and with it the stride of every feature map.</summary>
    public long PatchSize { get; init; } = 16;

    /// <summary>Step between patches in pixels; null is the patch size.</summary>
    public long? Stride { get; init; }

    /// <summary>Blocks in each of the four stages: 6, 6, 6, 6, or 4, 4, 12, 4 in the files <c>*_44124</c>.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [6, 6, 6, 6];

    /// <summary>Rate of stochastic depth in [0, 1); the published configurations have none.</summary>
    public double DropPathRate { get; init; }

    /// <summary>Lets the rate grow linearly with the block's index <b>in its stage</b> (as the authors' code does), from 0 to the
    /// full rate at index depth - 1.</summary>
    public bool DropPathDecay { get; init; }

    /// <summary>How the mLSTM is computed.</summary>
    public MlstmOptions Mlstm { get; init; } = new();

    /// <summary>Grid of the position embedding.</summary>
    public TokenGrid Grid => new(Height / PatchSize, Width / PatchSize);

    /// <summary>The layer of every block (direction aside): ViL version 1.</summary>
    public ViLLayerConfig Layer => ViLLayerConfig.V1(Dim) with { Mlstm = Mlstm };

    /// <summary>Drop path rate of the block at an index in its stage.</summary>
    public double DropPathAt(int index)
    {
        var depth = Depths.Sum();
        return !DropPathDecay || DropPathRate == 0 ? DropPathRate : depth == 1 ? 0 : DropPathRate * index / (depth - 1);
    }

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems(Layer.Validate());
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(
            PatchSize > 0 && Height > 0 && Width > 0 && Height % PatchSize == 0 && Width % PatchSize == 0,
            $"Height and Width must be positive multiples of PatchSize {PatchSize}, got {Height} x {Width}.");
        problems.Require(Stride is null or > 0, $"Stride must be positive, got {Stride}.");
        problems.Require(
            Depths.Count == 4 && Depths.All(d => d > 0),
            $"Depths must be four positive numbers, got [{string.Join(", ", Depths)}].");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        return problems;
    }
}
