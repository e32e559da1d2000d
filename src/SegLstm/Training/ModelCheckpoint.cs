using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A trained model in one safetensors file: all parameters and buffers, and its <see cref="ModelCard"/>.</summary>
public static class ModelCheckpoint
{
    private const string CardKey = "seglstm.model_card";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a checkpoint, atomically.</summary>
    /// <param name="path">A file name that ends in .safetensors.</param>
    /// <param name="model">The model, in any mode and on any device.</param>
    /// <param name="card">What it is.</param>
    public static void Save(string path, nn.Module model, ModelCard card)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Save(path, model.state_dict(), new Dictionary<string, string>
        {
            ["format"] = "pt",
            [CardKey] = JsonSerializer.Serialize(card, Json),
        });
    }

    /// <summary>Reads what a checkpoint says of itself, without its tensors.</summary>
    /// <param name="path">A checkpoint of this library.</param>
    /// <exception cref="SafeTensorsException">The file is no valid safetensors file.</exception>
    /// <exception cref="InvalidDataException">It has no model card, or one that contradicts itself.</exception>
    public static ModelCard ReadCard(string path)
    {
        using SafeTensorsFile file = SafeTensors.Open(path);
        if (!file.Metadata.TryGetValue(CardKey, out string? text))
        {
            throw new InvalidDataException(
                $"{path} is a safetensors file without a model card ('{CardKey}' in its metadata): expected a checkpoint that "
                    + "'seglstm train' wrote.");
        }

        ModelCard card;
        try
        {
            card = JsonSerializer.Deserialize<ModelCard>(text, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The model card of {path} cannot be read: {fault.Message}", fault);
        }

        if (card.Channels < 1 || card.Classes < 1 || card.ImageSize < 1
            || card.Mean.Count != card.Channels || card.Std.Count != card.Channels || card.Palette.Count != card.Classes)
        {
            throw new InvalidDataException(
                $"The model card of {path} contradicts itself: {card.Channels} bands with {card.Mean.Count} means and "
                    + $"{card.Std.Count} deviations, "
                + $"{card.Classes} classes with {card.Palette.Count} colours, images of {card.ImageSize} pixels.");
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
            using var scope = NewDisposeScope();
            Fill(path, model, card);
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

    /// <summary>Loads a checkpoint's weights into a model.</summary>
    /// <exception cref="InvalidDataException">Names or shapes do not fit.</exception>
    internal static void Fill(string path, Segmenter model, ModelCard card)
    {
        Dictionary<string, Tensor> stored = SafeTensors.Load(path);
        StateDictFit fit = StateDictFit.Of(model, stored);
        if (!fit.IsExact)
        {
            throw new InvalidDataException($"{path} does not fit the model {card.Model}: {fit}.");
        }

        using var frozen = no_grad();
        foreach ((string name, Tensor value) in model.state_dict()) value.copy_(stored[name]);
    }
}
