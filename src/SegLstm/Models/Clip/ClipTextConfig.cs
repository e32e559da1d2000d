namespace SegLstm.Models.Clip;

/// <summary>CLIP's text transformer. The defaults are those of ViT-B/32, ViT-B/16 and RN101.</summary>
public sealed record ClipTextConfig
{
    /// <summary>W, token width.</summary>
    public int Width { get; init; } = 512;

    /// <summary>Attention heads; null: one for 64 channels, as in all published models.</summary>
    public int? Heads { get; init; }

    /// <summary>Blocks.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>Tokens of a text.</summary>
    public int ContextLength { get; init; } = 77;

    /// <summary>Tokens that there are.</summary>
    public int Vocabulary { get; init; } = 49408;

    /// <summary>E, width of the space that texts and images share.</summary>
    public int EmbedDim { get; init; } = 512;

    /// <summary>Heads that the transformer gets.</summary>
    public int HeadCount => Heads ?? Math.Max(1, Width / 64);

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Width > 0 && HeadCount > 0 && Width % HeadCount == 0,
            $"Width must be a positive multiple of its {HeadCount} heads, got {Width}.");
        problems.Require(Layers > 0 && ContextLength > 1 && Vocabulary > 1 && EmbedDim > 0,
            "Layers and EmbedDim must be positive, ContextLength and Vocabulary at least 2, got " +
            $"{Layers}, {EmbedDim}, {ContextLength} and {Vocabulary}.");
        return problems;
    }
}
