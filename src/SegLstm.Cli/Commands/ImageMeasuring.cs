using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Data.Classification;
using SegLstm.Experiments;
using SegLstm.Experiments.Classification;
using SegLstm.Experiments.Records;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm evaluate` of a classifier of whole images: accuracy, throughput and cost.</summary>
internal static class ImageMeasuring
{
    /// <summary>Measures and prints.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="source">Where the images are.</param>
    /// <param name="part">The split; null for the test, or what validates where there is none.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string checkpoint, ImageSource source, string? part)
    {
        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        using ClassificationData data = source.Open(Recipe(checkpoint, card));
        if (!data.ClassNames.SequenceEqual(card.ClassNames))
        {
            throw new UsageException(
                $"{data.Name} has other classes ({data.ClassNames.Count}) than the model ({card.Classes}, of {card.Dataset})");
        }

        Split split = part is null ? data.Reported : Enum.TryParse(part, ignoreCase: true, out Split one) ? one
            : throw new UsageException($"--split {part}: expected train, validation or test for images");
        if (data.Counts(split).Sum() == 0)
            throw new UsageException($"{data.Name} has no {split.ToString().ToLowerInvariant()} images: choose another --split");
        (TokenEncoder model, _) = ModelCheckpoint.LoadClassifier(checkpoint);
        using (model)
        using (var interruption = new Interruption())
        {
            var experiment = new ImageExperiment(data, Recipe(checkpoint, card));
            ImageScore score = ProgressDisplay.Run("scoring", data.Counts(split).Sum(), report =>
                experiment.Score(model, split, (done, _) => report(done, "images"), interruption.Token));
            Terminal.Out.Write(ImageTable.Of($"{card.Model} on {data.Name}, {split.ToString().ToLowerInvariant()}", score,
                experiment.Majority(split), Complexity.Of(model, card.ImageSize, card.ImageSize)));
        }

        return 0;
    }

    // As the run read its images; training pictures are measured as they are.
    private static SceneRecipe Recipe(string checkpoint, ModelCard card)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpoint))!, SceneRecipe.FileName);
        SceneRecipe kept = File.Exists(path) ? RecordYaml.Load<SceneRecipe>(path) : new SceneRecipe { Model = card.Model };
        return kept with
        {
            Model = card.Model, WindowSize = card.ImageSize, Overlap = 0, Split = card.Split ?? kept.Split,
            Classification = (kept.Classification ?? new()) with { Augmentation = null },
        };
    }
}
