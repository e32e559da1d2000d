using SegLstm.Data;
using SegLstm.Heads;
using SegLstm.Language.Clip;
using SegLstm.Language.Glove;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language;

/// <summary>A model that segments by words, with the encoder that it was trained with. Any list of labels makes a map.</summary>
/// <remarks>
/// <code>
/// using var segmenter = LanguageSegmenter.Load("runs/words/best.safetensors");
/// segmenter.SetLabels(["water", "forest", "other"]);
/// using Tensor map = SceneMap.Predict(scene, segmenter.Model, segmenter.Card, overlap: 16);
/// </code>
/// </remarks>
public sealed class LanguageSegmenter : IDisposable
{
    private const int OfficialSize = 480;

    // In bytes: mean and deviation 0.5 of colours from 0 to 1 for ViTs, ImageNet's statistics for ResNets.
    private static readonly float[] Half = [127.5f, 127.5f, 127.5f];
    private static readonly float[] ImageNetMean = [123.675f, 116.28f, 103.53f], ImageNetStd = [58.395f, 57.12f, 57.375f];
    private static readonly string[] Colors = ["red", "green", "blue"];

    private readonly ITextEncoder encoder;

    /// <summary>Joins a model and its encoder.</summary>
    /// <param name="model">A model with a <see cref="LanguageHead"/>; owned from here on.</param>
    /// <param name="card">What it is.</param>
    /// <param name="encoder">Encodes its labels; owned from here on.</param>
    /// <exception cref="ArgumentException">The model has another head, or the encoder another width or identity.</exception>
    public LanguageSegmenter(Segmenter model, ModelCard card, ITextEncoder encoder)
    {
        Head = model.Head as LanguageHead ?? throw new ArgumentException(
            $"The model ends in {model.Head.GetName()}, which has classes of its own: expected a LanguageHead.", nameof(model));
        if (encoder.Width != Head.TextWidth || (card.Language is { } language && language.EncoderIdentity != encoder.Identity))
        {
            throw new ArgumentException(
                $"The model was trained with the words of {card.Language?.Encoder ?? "another encoder"} "
                + $"({Head.TextWidth} numbers each), got {encoder.Name} ({encoder.Width}): the same words have other vectors there. "
                + "Give the encoder that it was trained with.", nameof(encoder));
        }

        (Model, Card, this.encoder) = (model, card, encoder as LabelEmbeddings ?? new LabelEmbeddings(encoder));
    }

    /// <summary>The network, which compares with the labels that were set last.</summary>
    public Segmenter Model { get; }

    /// <summary>Its head.</summary>
    public LanguageHead Head { get; }

    /// <summary>What it is; its classes are the labels that were set last.</summary>
    public ModelCard Card { get; private set; }

    /// <summary>The labels that were set last, or those that it was trained on.</summary>
    public IReadOnlyList<string> Labels => Card.ClassNames;

    /// <summary>Encodes its labels; each label once.</summary>
    public ITextEncoder Encoder => encoder;

    /// <summary>Loads a checkpoint of this library, or one of LSeg's authors with CLIP's text side in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">CLIP's weights, for a model of this library that was trained with them; null: not needed.</param>
    /// <param name="merges">CLIP's byte pairs; null: the file beside the weights.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be, or CLIP's weights are needed.</exception>
    /// <exception cref="ArgumentException">The encoder is not the one that the model was trained with.</exception>
    public static LanguageSegmenter Load(string path, string? text = null, string? merges = null)
    {
        using (var file = Checkpoints.Checkpoint.Open(path))
        {
            if (LSegCheckpoint.IsLSeg(file.Tensors.Select(tensor => tensor.Name)))
            {
                return Official(path, text, merges);
            }
        }

        ModelCard card = ModelCheckpoint.ReadCard(path);
        LanguageCard language = card.Language ?? throw new InvalidDataException(
            $"{path} is a model of fixed classes ({string.Join(", ", card.ClassNames)}): it knows no words. Map with it by "
            + "'seglstm predict', or train one with words: seglstm train --words.");
        ITextEncoder encoder = language.Encoder == GloveEncoder.EncoderName ? GloveEncoder.Installed()
            : text is null ? throw new InvalidDataException(
                $"{path} was trained with the words of {language.Encoder}: name that file, too (--text FILE).")
            : ClipTextEncoder.Load(text, merges);
        try
        {
            (Segmenter model, _) = ModelCheckpoint.Load(path);
            return new LanguageSegmenter(model, card, encoder);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Compares with other labels from now on.</summary>
    /// <param name="labels">Labels; none empty, none twice.</param>
    /// <param name="palette">Their colours; null: colours that colour-blind readers tell apart.</param>
    /// <exception cref="ArgumentException">The labels do not make a list, or one cannot be encoded.</exception>
    public void SetLabels(IEnumerable<string> labels, IReadOnlyList<Rgb>? palette = null)
    {
        IReadOnlyList<string> list = LabelList.Check(labels);
        using Tensor texts = encoder.Encode(list);
        Head.SetTexts(texts);
        Card = Card with
        {
            ClassNames = list,
            Palette = [.. list.Select((_, k) => (palette is not null ? palette[k] : ClassColors.Of(k)).ToString())],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        encoder.Dispose();
    }

    private static LanguageSegmenter Official(string path, string? text, string? merges)
    {
        var encoder = ClipTextEncoder.Load(text ?? path, merges);
        try
        {
            Segmenter model = LSegCheckpoint.Load(path);
            bool isVit = model.Backbone is Models.Dpt.DptEncoder;
            return new LanguageSegmenter(model, new ModelCard
            {
                Model = "lseg",
                ImageSize = OfficialSize,
                Bands = Colors,
                DisplayBands = [0, 1, 2],
                Mean = isVit ? Half : ImageNetMean,
                Std = isVit ? Half : ImageNetStd,
                ClassNames = ["label"],
                Palette = [ClassColors.Of(0).ToString()],
                Dataset = Path.GetFileName(path),
            }, encoder);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }
}
