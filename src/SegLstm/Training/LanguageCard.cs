using SegLstm.Heads;

namespace SegLstm.Training;

/// <summary>What has to be known of a model that compares pixels with words, beside its <see cref="ModelCard"/>.</summary>
public sealed record LanguageCard
{
    /// <summary>Name of the encoder of its words, such as "GloVe".</summary>
    public required string Encoder { get; init; }

    /// <summary>Tells that encoder from others that give other vectors (<see cref="Language.ITextEncoder.Identity"/>).</summary>
    public required string EncoderIdentity { get; init; }

    /// <summary>Width of the words' vectors.</summary>
    public required int TextWidth { get; init; }

    /// <summary>What the head is made of.</summary>
    public LanguageHeadConfig Head { get; init; } = new();
}
