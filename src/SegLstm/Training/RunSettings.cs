using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SegLstm.Training;

/// <summary>The settings that decide a run's result, by name, so that a run is not resumed with others.</summary>
internal static class RunSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    // They decide what is written when, not what is learnt.
    private static readonly string[] Free =
    [
        $"Training.{nameof(TrainingOptions.SaveEvery)}", $"Training.{nameof(TrainingOptions.LogEvery)}",
        $"Training.{nameof(TrainingOptions.KeepCheckpoints)}", $"Training.{nameof(TrainingOptions.Workers)}", "Pretraining.LogEvery",
    ];

    /// <summary>All settings as "Training.Schedule.Iterations" and the like, with their values as JSON.</summary>
    /// <param name="card">The model and the data it sees.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="images">Images in the training set.</param>
    public static IReadOnlyDictionary<string, string> Of(ModelCard card, TrainingOptions options, long images)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(settings, "Model", JsonSerializer.SerializeToNode(card with { ValidationMeanIoU = null, ValidationAccuracy = null }, Json));
        Add(settings, "Training", JsonSerializer.SerializeToNode(options, Json));
        Add(settings, "Images", images);
        foreach (string name in Free) settings.Remove(name);
        return settings;
    }

    /// <summary>The settings of a pretraining.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="options">A record of options.</param>
    /// <param name="tiles">Tiles of an epoch.</param>
    public static IReadOnlyDictionary<string, string> Of(string method, object options, long tiles)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(settings, "Method", method);
        Add(settings, "Pretraining", JsonSerializer.SerializeToNode(options, Json));
        Add(settings, "Tiles", tiles);
        foreach (string name in Free) settings.Remove(name);
        return settings;
    }

    /// <summary>Refuses other settings than a state was made with. What an earlier version of this library had no setting for has
    /// its default: so it was trained.</summary>
    /// <exception cref="ArgumentException">Some differ; all are named.</exception>
    public static void Require(string path, IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> given)
    {
        var known = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(known, "Training", JsonSerializer.SerializeToNode(new TrainingOptions(), Json));
        foreach (string name in known.Keys.Except(given.Keys).ToArray()) known.Remove(name);
        foreach ((string name, string value) in saved) known[name] = value;
        foreach (string name in Free) known.Remove(name);
        string[] differences = [.. known.Keys.Union(given.Keys).Order(StringComparer.Ordinal)
            .Where(name => known.GetValueOrDefault(name) != given.GetValueOrDefault(name))
            .Select(name => $"{name} was {Value(known, name)} and is {Value(given, name)}")];
        if (differences.Length > 0)
        {
            throw new ArgumentException($"{path} was saved with other settings: {string.Join("; ", differences)}. Resume with "
                + "the settings of the run's config.json, or begin a new run in another folder.");
        }
    }

    private static string Value(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.GetValueOrDefault(name, "not set");

    private static void Add(SortedDictionary<string, string> settings, string name, JsonNode? node)
    {
        if (node is JsonObject parts)
        {
            foreach ((string part, JsonNode? value) in parts) Add(settings, $"{name}.{part}", value);
        }
        else
        {
            settings.Add(name, node?.ToJsonString(Json) ?? "null");
        }
    }
}
