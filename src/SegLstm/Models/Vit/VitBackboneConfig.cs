namespace SegLstm.Models.Vit;

/// <summary>A vision transformer as segmentation backbone, with the switches of mmsegmentation's class.</summary>
public sealed record VitBackboneConfig : VitConfig
{
    /// <summary>Bias of the patch projection. mmsegmentation's class has it off by default; DeiT's weights have one.</summary>
    public bool PatchBias { get; init; } = true;

    /// <summary>False takes the class token away before the first layer; it keeps its (then idle) parameter, as in
    /// mmsegmentation.</summary>
    public bool ClassToken { get; init; } = true;

    /// <summary>A norm in front of the first layer.</summary>
    public bool PreNorm { get; init; }

    /// <summary>A norm behind the last layer ("LN" in mmsegmentation's table).</summary>
    public bool FinalNorm { get; init; }

    /// <summary>Layers, ascending from 0, whose outputs become feature maps; null: 2, 5, 8, 11, the published ones.</summary>
    public int[]? Taps { get; init; }

    /// <summary>Adds <see cref="MultiLevelNeck"/>, which makes four taps a pyramid ("MLN" in mmsegmentation's table); else all
    /// maps keep the token grid.</summary>
    public bool Neck { get; init; }

    /// <summary>The layers that are tapped.</summary>
    public int[] TapsOrPublished => Taps ?? [2, 5, 8, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = base.Validate().ToList();
        var taps = TapsOrPublished;
        if (taps.Length == 0 || taps[0] < 0 || taps[^1] >= Depth || taps.Zip(taps.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            problems.Add($"Taps must be ascending layers from 0 to {Depth - 1}, got [{string.Join(", ", taps)}].");
        }

        if (Neck && (taps.Length != 4 || PatchSize % 4 != 0))
        {
            problems.Add(
                $"The neck takes 4 taps and a patch side that is a multiple of 4, got {taps.Length} taps and {PatchSize}: " +
                "change them, or set Neck = false.");
        }

        return problems;
    }
}
