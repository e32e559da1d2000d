using SegLstm.Models;

namespace SegLstm.Experiments.Tables;

/// <summary>A number that runs reach and tables compare.</summary>
/// <param name="Name">Its name in <see cref="Runs.RunSummary.Value"/>.</param>
/// <param name="Title">What heads its column.</param>
/// <param name="Unit">The unit that it is shown in; empty for none.</param>
/// <param name="Factor">What makes that unit of the run's value.</param>
/// <param name="Decimals">Digits after the point.</param>
/// <param name="MoreIsBetter">Whether the highest is the best.</param>
public sealed record SeedMetric(string Name, string Title, string Unit, double Factor, int Decimals, bool MoreIsBetter)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SeedMetric> All { get; } =
    [
        new("test_miou", "test mIoU", "%", 100, 2, MoreIsBetter: true),
        new("test_accuracy", "test accuracy", "%", 100, 2, MoreIsBetter: true),
        new("test_kappa", "test kappa", "%", 100, 2, MoreIsBetter: true),
        new("miou", "validation mIoU", "%", 100, 2, MoreIsBetter: true),
        new("loss", "training loss", "", 1, 4, MoreIsBetter: false),
        new("seconds", "training time", "s", 1, 1, MoreIsBetter: false),
    ];

    /// <summary>The metric of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest and all.</exception>
    public static SeedMetric Find(string name) => All.FirstOrDefault(metric => metric.Name == name)
        ?? throw new ArgumentException($"There is no metric '{name}'. Nearest: "
            + $"{All.MinBy(metric => Catalog.Edits(name, metric.Name))!.Name}. All: "
            + $"{string.Join(", ", All.Select(metric => metric.Name))}.");
}
