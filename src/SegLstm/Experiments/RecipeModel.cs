using SegLstm.Data;
using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>The model that a recipe names, made for the classes and bands of some data.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="legend">The classes.</param>
/// <param name="bands">Number of bands.</param>
internal sealed class RecipeModel(SceneRecipe recipe, ClassLegend legend, int bands)
{
    private LanguageCard? _language;

    /// <summary>What the model calls its classes.</summary>
    internal IReadOnlyList<string> ClassNames => recipe.Words?.LabelsFor(legend.Names) ?? legend.Names;

    /// <summary>How it compares pixels with words; null where the recipe has none.</summary>
    internal LanguageCard? Language
    {
        get
        {
            if (recipe.Words is not { } words || _language is not null) return _language;
            using ITextEncoder encoder = words.Open();
            return _language = new LanguageCard
            {
                Encoder = encoder.Name, EncoderIdentity = encoder.Identity, TextWidth = encoder.Width, Head = words.Head,
            };
        }
    }

    /// <summary>The model with the initial weights that the recipe's seed gives; with the recipe's words, where it has some.</summary>
    /// <exception cref="ArgumentException">There is no such model, or a word cannot be encoded.</exception>
    internal Segmenter Create()
    {
        if (recipe.Words is not { } words)
        {
            return Create(() => Catalog.Create(recipe.Model, legend.Count, bands, recipe.WindowSize));
        }

        IReadOnlyList<string> labels = words.LabelsFor(legend.Names);
        using ITextEncoder encoder = words.Open();
        using Tensor texts = encoder.Encode(labels);
        Segmenter model = Create(() => LSegModels.Create(
            recipe.Model, encoder.Width, labels.Count, bands, recipe.WindowSize, words.Head));
        ((LanguageHead)model.Head).SetTexts(texts);
        return model;
    }

    /// <summary>A model that is made elsewhere, with the initial weights that the recipe's seed gives.</summary>
    internal Segmenter Create(Func<Segmenter> make)
    {
        manual_seed(new SeedStreams(recipe.Training.Seed)["init"]);
        return make();
    }
}
