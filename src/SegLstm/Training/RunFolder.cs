using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SegLstm.Checkpoints;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// The folder of one run: `config.json` (the resolved configuration), `environment.json` (versions and machine),
/// `metrics.jsonl` (one JSON object a line, flushed as written) and the checkpoints. Everything shown about a run is
/// derived from these files.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private static readonly JsonSerializerOptions Indented = Options(true);
    private static readonly JsonSerializerOptions OneLine = Options(false);

    private readonly StreamWriter _metrics;

    /// <summary>Creates the folder, or begins anew in one that exists.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public RunFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        _metrics = new StreamWriter(System.IO.Path.Combine(Path, "metrics.jsonl"), append: false) { AutoFlush = true };
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Path of the checkpoint with the highest validation mean IoU.</summary>
    public string BestCheckpoint => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>Path of the checkpoint of the last iteration.</summary>
    public string LastCheckpoint => System.IO.Path.Combine(Path, "last.safetensors");

    /// <summary>Writes `config.json` and `environment.json`.</summary>
    /// <param name="configuration">Everything needed to repeat the run; serialised with snake_case names.</param>
    public void Describe(object configuration)
    {
        Write("config.json", configuration);
        Write("environment.json", new
        {
            Started = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            SegLstm = typeof(RunFolder)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            Libtorch = __version__,
            Dotnet = RuntimeInformation.FrameworkDescription,
            System = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Processors = Environment.ProcessorCount,
            Threads = get_num_threads(),
        });
    }

    /// <summary>Appends a line to `metrics.jsonl`.</summary>
    /// <param name="record">Serialised with snake_case names; NaN becomes "NaN".</param>
    public void Append(object record) => _metrics.WriteLine(JsonSerializer.Serialize(record, OneLine));

    /// <summary>Writes a JSON file atomically.</summary>
    /// <param name="name">File name inside the folder.</param>
    /// <param name="value">Serialised with snake_case names.</param>
    public void Write(string name, object value)
    {
        AtomicFile.WriteText(System.IO.Path.Combine(Path, name), JsonSerializer.Serialize(value, Indented) + "\n");
    }

    /// <inheritdoc />
    public void Dispose() => _metrics.Dispose();

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
