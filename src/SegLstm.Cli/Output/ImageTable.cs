using System.Globalization;
using SegLstm.Experiments.Classification;
using SegLstm.Models;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>What a classifier of whole images gets right, beside what it costs.</summary>
internal static class ImageTable
{
    /// <summary>The table.</summary>
    /// <param name="title">Heads the column of values.</param>
    /// <param name="score">What is right.</param>
    /// <param name="majority">The most frequent class of the training images, and its share of these.</param>
    /// <param name="cost">Parameters and multiply-adds.</param>
    public static Table Of(string title, ImageScore score, (string Name, double Share) majority, Complexity cost)
    {
        Table table = Tables.New("", title);
        table.AddRow("images", score.Matrix.Total.ToString(CultureInfo.InvariantCulture));
        table.AddRow("top-1 %", Readable.Percent(score.Top1));
        table.AddRow("top-5 %", Readable.Percent(score.Top5));
        table.AddRow(Markup.Escape($"always '{majority.Name}' %"), Readable.Percent(majority.Share));
        table.AddRow("average accuracy of classes %", Readable.Percent(score.Matrix.Scores.AverageAccuracy));
        table.AddRow("images a second", score.ImagesPerSecond.ToString("0.0", CultureInfo.InvariantCulture));
        table.AddRow("parameters", Readable.Count(cost.Parameters));
        table.AddRow("multiply-adds an image", Readable.Count(cost.MultiplyAdds));
        return table;
    }
}
