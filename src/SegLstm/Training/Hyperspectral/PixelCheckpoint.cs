using SegLstm.Checkpoints;
using SegLstm.Models.Hyperspectral;

namespace SegLstm.Training.Hyperspectral;

/// <summary>A trained classifier of pixels in one safetensors file: its weights, and its <see cref="PixelModelCard"/>.</summary>
public static class PixelCheckpoint
{
    private const string CardKey = "seglstm.pixel_model_card";

    /// <summary>Writes a file, atomically.</summary>
    /// <param name="path">A file name that ends in .safetensors.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="card">What it is.</param>
    public static void Save(string path, PixelClassifier model, PixelModelCard card) => CardFile.Save(path, model, CardKey, card);

    /// <summary>Reads what a file says of itself, without its tensors.</summary>
    /// <exception cref="SafeTensorsException">The file is no valid safetensors file.</exception>
    /// <exception cref="InvalidDataException">It has no such card, or one that contradicts itself.</exception>
    public static PixelModelCard ReadCard(string path)
    {
        var card = CardFile.Read<PixelModelCard>(path, CardKey, "seglstm spectral train");
        return card.Faults().ToArray() is { Length: > 0 } faults
            ? throw new InvalidDataException($"The model card of {path} contradicts itself: {string.Join("; ", faults)}.")
            : card;
    }

    /// <summary>Builds the classifier that a file describes and loads its weights.</summary>
    /// <returns>The classifier in evaluation mode, and its card.</returns>
    /// <exception cref="SafeTensorsException">The file is no valid safetensors file.</exception>
    /// <exception cref="InvalidDataException">The card is missing or wrong, or names and shapes do not fit its model.</exception>
    public static (PixelClassifier Model, PixelModelCard Card) Load(string path)
    {
        PixelModelCard card = ReadCard(path);
        PixelClassifierEntry entry = PixelClassifiers.All.FirstOrDefault(known => known.Name == card.Model)
            ?? throw new InvalidDataException($"The model card of {path} names '{card.Model}', which this program does not know.");
        PixelClassifier model = entry.Create(card.Bands.Count, card.ClassNames.Count);
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
}
