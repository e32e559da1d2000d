using SegLstm.Data;
using SegLstm.Experiments.Tables;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>Leaves one class after the other out of training, over several seeds.</summary>
public static class HeldOutStudy
{
    /// <summary>Runs the trainings: for each seed one with all classes, and one without each of some.</summary>
    /// <param name="scene">A labelled scene; not disposed here.</param>
    /// <param name="recipe">How to train, with words; its seed is replaced.</param>
    /// <param name="held">Names of classes in the scene's legend.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="progress">Is told how many of how many trainings are done, and what is next; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <param name="kept">Where scores are kept: those that are there are taken, and each new one joins them.</param>
    /// <exception cref="KeyNotFoundException">There is no such class; the message lists all.</exception>
    public static IReadOnlyList<HeldOutRow> Run(Scene scene, SceneRecipe recipe, IReadOnlyList<string> held,
        IReadOnlyList<long> seeds, Action<int, int, string>? progress = null, CancellationToken stop = default,
        ScoreFolder<HeldOutScore>? kept = null)
    {
        foreach (string name in held) scene.Legend.IndexOf(name);
        int total = seeds.Count * (1 + held.Count), done = 0;
        List<HeldOutScore> scores = [.. kept?.Scores ?? []];
        foreach (long seed in seeds)
        {
            var experiment = new HeldOutExperiment(scene, recipe with { Training = recipe.Training with { Seed = seed } });
            progress?.Invoke(done++, total, $"seed {seed}, all classes");
            if (!scores.Any(score => score.IsShown && score.Seed == seed)) Add(experiment.Seen(null, stop));
            foreach (string name in held)
            {
                progress?.Invoke(done++, total, $"seed {seed} without {name}");
                if (!scores.Any(score => !score.IsShown && score.Seed == seed && score.Class == name)) Add([experiment.Run(name, null, stop)]);
            }
        }

        progress?.Invoke(done, total, "");
        IReadOnlyList<HeldOutRow> rows = Rows([.. scores.Where(score => seeds.Contains(score.Seed) && held.Contains(score.Class))]);
        return [.. held.Select(name => rows.Single(row => row.Class == name))];

        void Add(IReadOnlyList<HeldOutScore> more)
        {
            scores.AddRange(more);
            kept?.Add(more);
        }
    }

    /// <summary>Gathers scores by class, in the order in which classes were left out.</summary>
    /// <param name="scores">The scores; of classes that were never left out nothing is said.</param>
    public static IReadOnlyList<HeldOutRow> Rows(IReadOnlyList<HeldOutScore> scores)
    {
        return [.. scores.Where(score => !score.IsShown).GroupBy(score => score.Class).Select(without =>
        {
            HeldOutScore[] with = [.. scores.Where(score => score.IsShown && score.Class == without.Key)];
            HeldOutScore first = without.First();
            return new HeldOutRow(first.Class, first.Share, first.Chance, Cell(without, score => score.IoU), Cell(with, score => score.IoU),
                Cell(without, score => score.OthersIoU));
        })];

        static SeedCell Cell(IEnumerable<HeldOutScore> scores, Func<HeldOutScore, double> value) =>
            new(scores.OrderBy(score => score.Seed).ToDictionary(score => score.Seed, value));
    }

    /// <summary>The rows as a table: IoU by guessing, where the class was never shown, where it was, and of the others.</summary>
    /// <param name="rows">At least one.</param>
    public static SeedTable Table(IReadOnlyList<HeldOutRow> rows) => new(["class"],
        [
            new SeedMetric("chance", "guessing", "%", 100, 1, MoreIsBetter: true),
            new SeedMetric("never_shown", "never shown", "%", 100, 1, MoreIsBetter: true),
            new SeedMetric("shown", "shown", "%", 100, 1, MoreIsBetter: true),
            new SeedMetric("others", "the others", "%", 100, 1, MoreIsBetter: true),
        ],
        [.. rows.Select(row => new SeedRow([row.Class],
            [new SeedCell(row.Found.BySeed.Keys.ToDictionary(seed => seed, _ => row.Chance)), row.Found, row.Shown, row.Seen]))],
        ["IoU on the held-out blocks, all words competing; mean ± sample standard deviation over seeds."]);
}
