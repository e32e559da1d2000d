using System.Text.Json;
using System.Text.Json.Serialization;
using SegLstm.Experiments.Records;

namespace SegLstm.Experiments.Runs;

/// <summary>What a run was told to do, value by path: its `config.json`, and its recipe where the folder has one.</summary>
internal static class RunConfiguration
{
    // What the card of the model and the recipe both say; the recipe's paths are those that --set takes.
    private static readonly string[] Twice = ["model.model", "model.image_size", "model.seed", "model.split.", "model.labels"];

    private const string Pretraining = "pretraining";

    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Reads the configuration of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="JsonException">The file is no JSON.</exception>
    /// <exception cref="RecordException">The recipe is none.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var fields = new Dictionary<string, string>();
        foreach ((string path, string value) in RunFields.Of(Json(Path.Combine(folder, "config.json")))) fields[path] = value;
        string file = Path.Combine(folder, SceneRecipe.FileName);
        if (!File.Exists(file)) return fields;
        SceneRecipe told = RecordYaml.Load<SceneRecipe>(file);
        JsonElement recipe = JsonSerializer.SerializeToElement(told, SnakeCase);
        foreach (string path in fields.Keys.Where(path => Twice.Any(path.StartsWith)).ToArray()) fields.Remove(path);
        foreach ((string path, string value) in RunFields.Of(recipe)) fields[path] = value;
        if (told.Pretraining is not null) return fields;
        // So that runs with and without can be told apart by one value.
        fields.Remove(Pretraining);
        fields[$"{Pretraining}.training.method"] = "none";
        return fields;
    }

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonElement Json(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
