using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.LSeg;
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
        Segmenter model = Create(card);
        try
        {
            CardFile.Fill(path, model, card.Model);
            model.eval();
            return (model, card);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Makes the model that a card names, with fresh weights.</summary>
    internal static Segmenter Create(ModelCard card) => card.Language is { } language
        ? LSegModels.Create(card.Model, language.TextWidth, card.Classes, card.Channels, card.ImageSize, language.Head)
        : Catalog.Create(card.Model, card.Classes, card.Channels, card.ImageSize);
}
