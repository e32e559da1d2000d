using System.Text.Json;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A model's weights in one safetensors file, with a card in its header that says what they are.</summary>
internal static class CardFile
{
    // How keys of this library begin: another card says whose file it is.
    private const string OwnKeys = "seglstm.";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the file, atomically.</summary>
    /// <param name="path">A file name that ends in .safetensors.</param>
    /// <param name="model">The model.</param>
    /// <param name="key">Where in the header the card stands.</param>
    /// <param name="card">The card.</param>
    public static void Save<TCard>(string path, nn.Module model, string key, TCard card)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Save(path, model.state_dict(), new Dictionary<string, string>
        {
            ["format"] = "pt",
            [key] = JsonSerializer.Serialize(card, Json),
        });
    }

    /// <summary>Reads a card, without the tensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Where in the header the card stands.</param>
    /// <param name="writer">The command that writes such files.</param>
    /// <exception cref="SafeTensorsException">The file is no valid safetensors file.</exception>
    /// <exception cref="InvalidDataException">There is no card, or it cannot be read.</exception>
    public static TCard Read<TCard>(string path, string key, string writer)
    {
        using SafeTensorsFile file = SafeTensors.Open(path);
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            string? other = file.Metadata.Keys.FirstOrDefault(name => name.StartsWith(OwnKeys, StringComparison.Ordinal));
            throw new InvalidDataException(
                $"{path} is a safetensors file without a model card ('{key}' in its metadata{(other is null ? "" : $", which has '{other}'")}): "
                + $"expected a checkpoint that '{writer}' wrote.");
        }

        try
        {
            return JsonSerializer.Deserialize<TCard>(text, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The model card of {path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Loads a file's weights into a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="InvalidDataException">Names or shapes do not fit.</exception>
    public static void Fill(string path, nn.Module model, string name)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> stored = SafeTensors.Load(path);
        StateDictFit fit = StateDictFit.Of(model, stored);
        if (!fit.IsExact) throw new InvalidDataException($"{path} does not fit the model {name}: {fit}.");
        using var frozen = no_grad();
        foreach ((string key, Tensor value) in model.state_dict()) value.copy_(stored[key]);
    }
}
