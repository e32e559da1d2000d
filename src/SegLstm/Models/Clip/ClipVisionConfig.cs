namespace SegLstm.Models.Clip;

/// <summary>CLIP's vision transformer. The defaults are ViT-B/32.</summary>
public sealed record ClipVisionConfig
{
    /// <summary>W, token width.</summary>
    public int Width { get; init; } = 768;

    /// <summary>Attention heads; null: one for 64 channels, as in all published models.</summary>
    public int? Heads { get; init; }

    /// <summary>Blocks.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>Patch side in pixels.</summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>Side of the images in pixels; a multiple of the patch side.</summary>
    public int Resolution { get; init; } = 224;

    /// <summary>Heads that the transformer gets.</summary>
    public int HeadCount => Heads ?? Math.Max(1, Width / 64);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Width > 0 && HeadCount > 0 && Width % HeadCount == 0,
            $"Width must be a positive multiple of its {HeadCount} heads, got {Width}.");
        problems.Require(Layers > 0, $"Layers must be positive, got {Layers}.");
        problems.Require(PatchSize > 0 && Resolution >= PatchSize && Resolution % PatchSize == 0,
            $"Resolution must be a multiple of PatchSize {PatchSize}, got {Resolution}.");
        return problems;
    }
}
