using SegLstm.Pretraining;
using SegLstm.Pretraining.Views;

namespace SegLstm.Experiments;

/// <summary>How the encoder of a model learns from images without labels, before it learns from labels.</summary>
/// <remarks>
/// Views are cut from the scene's own blocks but for those of the test, and from other scenes. They are normalised like all
/// images of the model, each by its scene's statistics. What is handed on are the weights behind the last step, whatever the
/// method: some methods have their lowest loss at the start. Seeds come from the run's, so those of
/// <see cref="Training"/> and <see cref="Views"/> stay 0.
/// While it goes on, its features are measured (<see cref="PretrainingOptions.ProbeEvery"/>) on views of the same tiles, and by
/// the vote of the training blocks' labels on the validation blocks; whatever share of labels is learnt from later, all of them
/// vote. That only tells: nothing is chosen by it.
/// The method <see cref="PretrainingMethodKind.Supervised"/> learns from the labels of the one scene in <see cref="Scenes"/>, and
/// from nothing of the run's own: as many steps on as many crops, of the views' size, as the other methods take.
/// </remarks>
public sealed record PretrainingRecipe
{
    /// <summary>Installed scenes (<c>seglstm data</c>) and raster files whose images are learnt from beside the run's own; of as many
    /// bands. They are held in memory.</summary>
    public IReadOnlyList<string> Scenes { get; init; } = [];

    /// <summary>Method, epochs, rates.</summary>
    public PretrainingOptions Training { get; init; } = new();

    /// <summary>How views are made. Models with learned positions want views of the size of their windows.</summary>
    public ViewOptions Views { get; init; } = new();

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Training.Seed != 0) yield return $"Training.Seed is {Training.Seed}: expected 0, as seeds come from the run's.";
        if (Views.Seed != 0) yield return $"Views.Seed is {Views.Seed}: expected 0, as seeds come from the run's.";
        if (Training.Method == PretrainingMethodKind.Supervised && Scenes.Count != 1)
        {
            yield return $"Scenes has {Scenes.Count} names: expected one, a labelled scene, as Training.Method is Supervised.";
        }
        foreach (string fault in Training.Validate()) yield return $"Training.{fault}";
        foreach (string fault in Views.Validate()) yield return $"Views.{fault}";
    }
}
