using SegLstm.Models.Mamba;

namespace SegLstm.Models.Samba;

/// <summary>A Samba encoder. The defaults are the published ones; change with <c>with</c>.</summary>
public sealed record SambaConfig
{
    /// <summary>Bands of the image.</summary>
    public long Channels { get; init; } = 3;

    /// <summary>Channels inside the stem.</summary>
    public long StemDim { get; init; } = 32;

    /// <summary>Token width of each stage; the strides are 4, 8, 16, 32.</summary>
    public int[] Dims { get; init; } = [64, 128, 320, 448];

    /// <summary>Blocks of each stage.</summary>
    public int[] Depths { get; init; } = [3, 4, 6, 3];

    /// <summary>Hidden width of the blocks' MLPs over the token width, for each stage.</summary>
    public double[] MlpRatios { get; init; } = [8, 8, 4, 4];

    /// <summary>N, numbers that a channel of a scan remembers.</summary>
    public long StateSize { get; init; } = 64;

    /// <summary>Rate of stochastic depth in [0, 1) at the last block; it grows linearly from 0 at the first.</summary>
    public double DropPathRate { get; init; }

    /// <summary>In training, pastes a random rectangle of another image's tokens into each image's (<see cref="TokenMix"/>), as
    /// the authors' runs do although labels are not mixed. Off for training that makes sense; on to repeat theirs.</summary>
    public bool TokenLabel { get; init; }

    /// <summary>Hidden width of the MLPs of stage <paramref name="stage"/>.</summary>
    public long Hidden(int stage) => (long)(Dims[stage] * MlpRatios[stage]);

    /// <summary>The Mamba block of stage <paramref name="stage"/>.</summary>
    public MambaConfig Block(int stage) => new() { Dim = Dims[stage], StateSize = StateSize };

    /// <summary>Drop path rate of a block, counted from 0 through all stages.</summary>
    public double DropPathAt(int block) => Depths.Sum() < 2 ? 0 : DropPathRate * block / (Depths.Sum() - 1);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Channels > 0, $"Channels must be positive, got {Channels}.");
        problems.Require(StemDim > 0, $"StemDim must be positive, got {StemDim}.");
        problems.Require(StateSize > 0, $"StateSize must be positive, got {StateSize}.");
        problems.Require(
            Dims.Length > 0 && Dims.Length == Depths.Length && Dims.Length == MlpRatios.Length,
            "Dims, Depths and MlpRatios must have one entry a stage, " +
            $"got {Dims.Length}, {Depths.Length} and {MlpRatios.Length}.");
        problems.Require(Dims.All(dim => dim > 0), $"Dims must be positive, got [{string.Join(", ", Dims)}].");
        problems.Require(Depths.All(depth => depth > 0), $"Depths must be positive, got [{string.Join(", ", Depths)}].");
        problems.Require(
            Dims.Zip(MlpRatios).All(stage => stage.First * stage.Second is >= 1 and < int.MaxValue),
            $"MlpRatios must make at least one hidden channel of each of Dims, got [{string.Join(", ", MlpRatios)}].");
        problems.Require(DropPathRate is >= 0 and < 1, $"DropPathRate must be in [0, 1), got {DropPathRate}.");
        return problems;
    }
}
