using SegLstm.Heads;
using SegLstm.Models.Vit;

namespace SegLstm.Models.Dpt;

/// <summary>DPT's encoder: a vision transformer, four of whose blocks are reassembled to a pyramid. The defaults are the
/// published DPT-Large, which LSeg uses.</summary>
public sealed record DptConfig
{
    /// <summary>ViT-L/16: LSeg's and DPT-Large's.</summary>
    public static DptConfig VitLarge16 { get; } = new();

    /// <summary>ViT-B/32: LSeg's small variant.</summary>
    public static DptConfig VitBase32 { get; } = new()
    {
        Dim = 768,
        Depth = 12,
        Heads = 12,
        PatchSize = 32,
        GridSide = 12,
        Hooks = [2, 5, 8, 11],
        Reassembled = [96, 192, 384, 768],
    };

    /// <summary>D, token width.</summary>
    public int Dim { get; init; } = 1024;

    /// <summary>Blocks.</summary>
    public int Depth { get; init; } = 24;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 16;

    /// <summary>Width of the hidden layer of the feed-forward network, in D.</summary>
    public int MlpRatio { get; init; } = 4;

    /// <summary>Bands of the image.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Patch side in pixels.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Side of the grid that positions are learned on; other grids are resized to.</summary>
    public int GridSide { get; init; } = 24;

    /// <summary>Four blocks, ascending from 0, whose outputs are read, from fine to coarse map.</summary>
    public IReadOnlyList<int> Hooks { get; init; } = [5, 11, 17, 23];

    /// <summary>Channels of the four maps.</summary>
    public IReadOnlyList<int> Reassembled { get; init; } = [256, 512, 1024, 1024];

    /// <summary>What becomes of the class token.</summary>
    public DptReadout Readout { get; init; } = DptReadout.Project;

    /// <summary>Added to the variance in layer norms.</summary>
    public double NormEps { get; init; } = 1e-6;

    /// <summary>Keeps the norm behind the last block, which official checkpoints have and DPT does not read.</summary>
    public bool FinalNorm { get; init; }

    /// <summary>The transformer as such.</summary>
    internal VitConfig Transformer => new()
    {
        Dim = Dim, Depth = Depth, Heads = Heads, Channels = Channels, PatchSize = PatchSize, MlpRatio = MlpRatio, NormEps = NormEps,
    };

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(
            Heads > 0 && Dim > 0 && Dim % Heads == 0,
            $"Dim must be a positive multiple of Heads {Heads}, got {Dim}.");
        problems.Require(Depth > 0 && MlpRatio > 0 && Channels > 0 && PatchSize > 0 && GridSide > 0,
            "Depth, MlpRatio, Channels, PatchSize and GridSide must be positive, got " +
            $"{Depth}, {MlpRatio}, {Channels}, {PatchSize} and {GridSide}.");
        problems.Require(
            Hooks.Count == 4 && Hooks[0] >= 0 && Hooks[3] < Depth
                && Hooks.Zip(Hooks.Skip(1)).All(pair => pair.First < pair.Second),
            $"Hooks must be four of the blocks 0 to {Depth - 1}, ascending, got [{string.Join(", ", Hooks)}].");
        problems.Require(Reassembled.Count == 4 && Reassembled.All(count => count > 0),
            $"Reassembled must be four positive numbers, got [{string.Join(", ", Reassembled)}].");
        return problems;
    }
}
