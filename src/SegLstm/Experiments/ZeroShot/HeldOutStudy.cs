using SegLstm.Data;
using SegLstm.Experiments.Tables;
using SegLstm.Metrics;

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
    /// <exception cref="KeyNotFoundException">There is no such class; the message lists all.</exception>
    public static IReadOnlyList<HeldOutRow> Run(Scene scene, SceneRecipe recipe, IReadOnlyList<string> held,
        IReadOnlyList<long> seeds, Action<int, int, string>? progress = null, CancellationToken stop = default)
    {
        int[] classes = [.. held.Select(scene.Legend.IndexOf)];
        int total = seeds.Count * (1 + held.Count), done = 0;
        var shown = new Dictionary<long, Scores>();
        var found = new Dictionary<(string Class, long Seed), HeldOutResult>();
        foreach (long seed in seeds)
        {
            var experiment = new HeldOutExperiment(scene, recipe with { Training = recipe.Training with { Seed = seed } });
            progress?.Invoke(done++, total, $"seed {seed}, all classes");
            shown[seed] = experiment.Seen(null, stop);
            foreach (string name in held)
            {
                progress?.Invoke(done++, total, $"seed {seed} without {name}");
                found[(name, seed)] = experiment.Run(name, null, stop);
            }
        }

        progress?.Invoke(done, total, "");
        return [.. held.Zip(classes, (name, index) => Row(name, index, seeds, shown, found))];
    }

    private static HeldOutRow Row(string name, int index, IReadOnlyList<long> seeds, Dictionary<long, Scores> shown,
        Dictionary<(string Class, long Seed), HeldOutResult> found)
    {
        SeedCell Cell(Func<long, double> score) => new(seeds.ToDictionary(seed => seed, score));
        HeldOutResult first = found[(name, seeds[0])];
        return new HeldOutRow(first.Label, first.Share, first.Chance, Cell(seed => found[(name, seed)].IoU),
            Cell(seed => shown[seed].PerClassIoU[index]), Cell(seed => found[(name, seed)].SeenIoU));
    }
}
