using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Models.VisionLstm;
using TorchSharp;

namespace SegLstm.Training;

/// <summary>A trained model in one safetensors file: all parameters and buffers, and its <see cref="ModelCard"/>.</summary>
public static class ModelCheckpoint
{
    private const string CardKey = "seglstm.model_card";

    /// <summary>Writes a checkpoint, atomically.</summary>
    /// <param name="path">A file name that ends in .safetensors.</param>
    /// <param name="model">The model, in any mode and on any device.</param>
    /// <param name="card">What it is.</param>
    public static void Save(string path, torch.nn.Module model, ModelCard card) => CardFile.Save(path, model, CardKey, card);

    /// <summary>Reads what a checkpoint says of itself, without its tensors.</summary>
    /// <param name="path">A checkpoint of this library.</param>
    /// <exception cref="SafeTensorsException">The file is no valid safetensors file.</exception>
    /// <exception cref="InvalidDataException">It has no model card, or one that contradicts itself.</exception>
    public static ModelCard ReadCard(string path)
    {
        var card = CardFile.Read<ModelCard>(path, CardKey, "seglstm train");
        if (card.Channels < 1 || card.Classes < 1 || card.ImageSize < 1
            || card.Mean.Count != card.Channels || card.Std.Count != card.Channels || card.Palette.Count != card.Classes)
        {
            throw new InvalidDataException(
                $"The model card of {path} contradicts itself: {card.Channels} bands with {card.Mean.Count} means and {card.Std.Count} "
                + $"deviations, {card.Classes} classes with {card.Palette.Count} colours, images of {card.ImageSize} pixels.");
        }

        return card;
    }

    /// <summary>Builds the model that a checkpoint describes and loads its weights.</summary>
    /// <param name="path">A checkpoint of this library.</param>
    /// <returns>The model in evaluation mode, and its card.</returns>
    /// <exception cref="InvalidDataException">Names or shapes do not fit the model that the card names.</exception>
    public static (Segmenter Model, ModelCard Card) Load(string path)
    {
        ModelCard card = ReadCard(path);
        return card.Task == ModelTask.Segmentation ? (Filled(path, card, Segmenter(card)), card) : throw new InvalidDataException(
            $"{path} is a classifier of whole images ({card.Model}, {card.Dataset}): expected one of pixels. Measure it with seglstm "
            + "evaluate, or begin a segmentation with its weights.");
    }

    /// <summary>Builds the classifier of whole images that a checkpoint describes and loads its weights.</summary>
    /// <param name="path">A checkpoint of this library.</param>
    /// <returns>The model in evaluation mode, and its card.</returns>
    /// <exception cref="InvalidDataException">It is no such model, or names or shapes do not fit.</exception>
    public static (TokenEncoder Model, ModelCard Card) LoadClassifier(string path)
    {
        ModelCard card = ReadCard(path);
        return card.Task == ModelTask.Classification ? (Filled(path, card, Classifier(card)), card) : throw new InvalidDataException(
            $"{path} tells the class of each pixel ({card.Model}, {card.Dataset}): expected a classifier of whole images.");
    }

    /// <summary>Makes the model that a card names, with fresh weights.</summary>
    internal static torch.nn.Module<torch.Tensor, torch.Tensor> Create(ModelCard card) =>
        card.Task == ModelTask.Classification ? Classifier(card) : Segmenter(card);

    private static TModel Filled<TModel>(string path, ModelCard card, TModel model)
        where TModel : torch.nn.Module
    {
        try
        {
            CardFile.Fill(path, model, card.Model);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static TokenEncoder Classifier(ModelCard card) =>
        VilClassifiers.Create(card.Model, card.Classes, card.Channels, card.ImageSize);

    private static Segmenter Segmenter(ModelCard card) => card.Language is { } language
        ? LSegModels.Create(card.Model, language.TextWidth, card.Classes, card.Channels, card.ImageSize, language.Head)
        : Catalog.Create(card.Model, card.Classes, card.Channels, card.ImageSize);
}
