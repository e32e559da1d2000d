using System.Text.Json;

namespace SegLstm.Parity;

/// <summary>A side file: which system, how configured, in which tensor files, how exact.</summary>
public sealed class GoldenCase
{
    private readonly JsonElement root;

    private GoldenCase(string path, JsonElement root)
    {
        Path = path;
        this.root = root;
        (System, Name) = IsTokenTable ? ("clip", global::System.IO.Path.GetFileNameWithoutExtension(path)) : (TextOf("system"), TextOf("name"));
    }

    /// <summary>The side file.</summary>
    public string Path { get; }

    /// <summary>The family of models or functions, such as <c>vil</c>.</summary>
    public string System { get; }

    /// <summary>The case's name in its system.</summary>
    public string Name { get; }

    /// <summary>The whole side file.</summary>
    public JsonElement Root => root;

    /// <summary>Whether it is a table of texts and their token ids, which names its repository and no system.</summary>
    public bool IsTokenTable => root.TryGetProperty("vocab_size", out _) && root.TryGetProperty("cases", out _);

    /// <summary>A fresh view of <c>config</c>.</summary>
    public GoldenConfig Config => new(root.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
        ? config
        : throw new GoldenException("has no object 'config'"));

    /// <summary>The precisions that it has a tensor file for; empty for a case without tensors.</summary>
    public IReadOnlyList<Precision> Precisions => [.. Enum.GetValues<Precision>().Where(precision => FileOf(precision) is not null)];

    /// <summary>The tensor file of a precision; null where there is none.</summary>
    public string? FileOf(Precision precision) =>
        root.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object && files.TryGetProperty(precision.Key, out var file)
            ? Beside(file)
            : null;

    /// <summary>Whether the float64 file has outputs and gradients only, so that the rest is to be widened from the float32 file.</summary>
    public bool WidensInputs => root.TryGetProperty("f64_file_holds", out _) && FileOf(Precision.Float32) is not null;

    /// <summary>The tolerances for a precision.</summary>
    public Tolerance Tolerance(Precision precision) => IsTokenTable ? Parity.Tolerance.Exact : Parity.Tolerance.Read(root, precision);

    /// <summary>Reads a side file.</summary>
    /// <exception cref="GoldenException">It is no side file.</exception>
    public static GoldenCase Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new GoldenException("is no side file: expected a JSON object");
            }

            return new GoldenCase(path, document.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            throw new GoldenException($"is no side file: {broken.Message}");
        }
    }

    /// <summary>All side files in a folder and the folders in it, in the order of their names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> Find(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : throw new DirectoryNotFoundException($"There is no folder {folder}. Give folders with golden side files (*.json).");

    private string TextOf(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new GoldenException($"is no side file: it has no text '{key}'");

    private string Beside(JsonElement file)
    {
        var name = file.ValueKind == JsonValueKind.String ? file.GetString()! : throw new GoldenException("names a tensor file that is no text");
        return name.Length > 0 && global::System.IO.Path.GetFileName(name) == name
            ? global::System.IO.Path.Combine(global::System.IO.Path.GetDirectoryName(Path)!, name)
            : throw new GoldenException($"names the tensor file '{name}': expected a file beside it");
    }
}
