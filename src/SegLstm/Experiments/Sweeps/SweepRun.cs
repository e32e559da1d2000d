namespace SegLstm.Experiments.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Name">Its folder below that of the sweep: what it varies and its seed, whatever other runs there are.</param>
/// <param name="Values">What it varies, path and value, without the seed.</param>
/// <param name="Recipe">Its recipe.</param>
public sealed record SweepRun(string Name, IReadOnlyList<KeyValuePair<string, string>> Values, SceneRecipe Recipe)
{
    /// <summary>Its seed.</summary>
    public long Seed => Recipe.Training.Seed;
}
