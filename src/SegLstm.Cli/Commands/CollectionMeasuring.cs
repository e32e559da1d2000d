using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm evaluate` on a collection: scores of a trained model on one of its splits, or on all labelled images.</summary>
internal static class CollectionMeasuring
{
    /// <summary>Measures and prints.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="source">Where the images are.</param>
    /// <param name="part">The split, "all", or null for the test where it has labels and otherwise the validation.</param>
    /// <param name="overlap">Pixels that windows share.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string checkpoint, CollectionSource source, string? part, int? overlap)
    {
        RasterCollection collection = source.Open();
        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        Split[] wanted = part is null ? [Split.Test, Split.Validation]
            : Enum.TryParse(part, ignoreCase: true, out Split one) ? [one] : Enum.GetValues<Split>();
        CollectionItem[][] labelled = [.. wanted.Select(split => collection.Of(split).Where(item => item.LabelPath is not null).ToArray())];
        CollectionItem[] items = part is null ? labelled.FirstOrDefault(some => some.Length > 0) ?? []
            : [.. labelled.SelectMany(some => some)];
        if (items.Length == 0) throw new UsageException($"{collection.Name} in '{collection.Root}' has no labelled images of "
            + $"{string.Join(" or ", wanted)}");
        CollectionRecipe how = Kept(checkpoint) ?? new CollectionRecipe();
        var score = new CollectionScore(collection, card, how.Evaluation, CommonOptions.OverlapOf(overlap, card.ImageSize), how.Patch);
        (Segmenter model, _) = ModelCheckpoint.Load(checkpoint);
        using (model)
        using (var interruption = new Interruption())
        {
            ConfusionMatrix matrix = ProgressDisplay.Run("scoring", items.Length, report =>
                score.Of(model, items, (done, _) => report(done, "images"), interruption.Token));
            string counted = string.Join(", ", items.GroupBy(item => item.Split).Select(group => $"{group.Count()} images of {group.Key}"));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{collection.Name}, {counted}: "
                + $"{matrix.Total} pixels, {(how.Evaluation == CollectionEvaluation.Whole ? "seen whole" : "in windows")}"));
            Terminal.Out.Write(Tables.Scores(collection.Legend.Names, [(card.Model, matrix)]));
            Terminal.Out.Write(Tables.Confusion(collection.Legend.Names, matrix));
        }

        return 0;
    }

    // As the run measured, so that its numbers come out again.
    private static CollectionRecipe? Kept(string checkpoint)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpoint))!, SceneRecipe.FileName);
        return File.Exists(path) ? RecordYaml.Load<SceneRecipe>(path).Collection : null;
    }
}
