using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Language.Clip;
using SegLstm.Language.Glove;

namespace SegLstm.Experiments;

/// <summary>Training that compares pixels with words in place of a classifier. The side of the words stays as it is.</summary>
public sealed record WordsRecipe
{
    /// <summary>What <see cref="Encoder"/> is for GloVe's vectors.</summary>
    public const string Glove = "glove";

    /// <summary>Who encodes the words: "glove", or the path of CLIP's weights.</summary>
    public string Encoder { get; init; } = Glove;

    /// <summary>CLIP's byte pairs; null: the file beside the weights.</summary>
    public string? Bpe { get; init; }

    /// <summary>The word of each class, in label order; empty: the names in the scene's legend.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What the head is made of; narrower than the published one, as small scenes want it.</summary>
    public LanguageHeadConfig Head { get; init; } = new() { Features = 64 };

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Encoder.Length == 0) yield return "Encoder is empty: expected glove, or the path of CLIP's weights.";
        foreach (string fault in Head.Validate()) yield return $"Head.{fault}";
    }

    /// <summary>The words of a scene's classes.</summary>
    /// <param name="names">The names in its legend.</param>
    /// <exception cref="ArgumentException">There are other words than classes, or they do not make a list.</exception>
    public IReadOnlyList<string> LabelsFor(IReadOnlyList<string> names) => LabelList.Check(
        Labels.Count == 0 ? names
        : Labels.Count == names.Count ? Labels
        : throw new ArgumentException(
            $"The recipe has {Labels.Count} words ({string.Join(", ", Labels)}) for {names.Count} classes ({string.Join(", ", names)}): "
            + "give one for each class, in this order, or none."));

    /// <summary>Opens the encoder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public ITextEncoder Open() => Encoder == Glove ? GloveEncoder.Installed() : ClipTextEncoder.Load(Encoder, Bpe);
}
