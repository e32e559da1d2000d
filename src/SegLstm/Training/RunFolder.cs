using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Training;

/// <summary>
/// The folder of one run: `config.json` (the resolved configuration), `environment.json` (versions and machine),
/// `metrics.jsonl` (one JSON object a line, flushed as written), the checkpoints, and the training states that a run which was
/// cut off goes on from. Everything shown about a run is derived from these files. As long as this object lives, no other opens
/// the folder, in this process or another (see <see cref="RunLock"/>).
/// </summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>Name of the checkpoint of the last iteration.</summary>
    internal const string LastCheckpointFile = "last.safetensors";

    // What is kept beside a run's own files: an older run's would pass for this one's.
    private static readonly string[] Companions = ["recipe.yaml", "scene.yaml", "collection.yaml", "images.yaml", "events.out.tfevents.*"];

    private readonly RunLock _lock;
    private readonly FileStream _metrics;

    /// <summary>Creates the folder, or begins anew in one that exists: its metrics, training states, recipe and event files are
    /// removed.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder cannot be made or written, or somebody writes it; nothing in it is
    /// changed.</exception>
    public RunFolder(string path) : this(path, resumes: false)
    {
    }

    private RunFolder(string path, bool resumes)
    {
        (Path, Resumes) = (System.IO.Path.GetFullPath(path), resumes);
        Directory.CreateDirectory(Path);
        States = new StateFiles(Path);
        // Before anything is removed: another process may be writing it.
        _lock = new RunLock(Path);
        try
        {
            if (!resumes) Clear();
            NonFiniteBundle.Clear(Path);
            _metrics = new FileStream(System.IO.Path.Combine(Path, "metrics.jsonl"),
                resumes ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
            _metrics.Seek(0, SeekOrigin.End);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Whether training in this folder goes on from its newest training state.</summary>
    public bool Resumes { get; }

    /// <summary>Whether there is a training state to go on from, whole or not.</summary>
    public bool HasState => States.Any;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Path of the checkpoint with the highest validation mean IoU, or accuracy where images are classified.</summary>
    public string BestCheckpoint => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>Path of the checkpoint of the last iteration.</summary>
    public string LastCheckpoint => System.IO.Path.Combine(Path, LastCheckpointFile);

    /// <summary>The training states.</summary>
    internal StateFiles States { get; }

    /// <summary>Who writes a run's folder, such as "process 12 on host, since ..."; null where nobody does.</summary>
    /// <param name="path">The folder.</param>
    public static string? Writer(string path) => RunLock.HolderOf(path);

    /// <summary>Opens the folder of a run that was cut off, so that training goes on where its newest state was saved.</summary>
    /// <param name="path">The folder; where it has no training state yet, training starts at the first iteration.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">Somebody writes it; nothing in it is changed.</exception>
    public static RunFolder Resume(string path) => Directory.Exists(path)
        ? new RunFolder(path, resumes: true)
        : throw new DirectoryNotFoundException($"There is no run to resume: the folder {path} does not exist.");

    /// <summary>Writes `config.json` and `environment.json`.</summary>
    /// <param name="configuration">Everything needed to repeat the run; serialised with snake_case names.</param>
    /// <param name="processes">How many processes train it together.</param>
    public void Describe(object configuration, int processes = 1)
    {
        Write("config.json", configuration);
        Write(RunEnvironment.FileName, RunEnvironment.Now(processes));
    }

    /// <summary>Appends a line to `metrics.jsonl`.</summary>
    /// <param name="record">Serialised with snake_case names; NaN becomes "NaN".</param>
    public void Append(object record)
    {
        _metrics.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, RunJson.OneLine), (byte)'\n']);
        _metrics.Flush();
    }

    /// <summary>Removes the lines of `metrics.jsonl` that a run which goes on at an iteration will write again.</summary>
    /// <param name="iteration">Lines of earlier iterations stay, up to the first that is none, such as one half written.</param>
    public void Rewind(int iteration)
    {
        byte[] text = new byte[_metrics.Length];
        _metrics.Position = 0;
        _metrics.ReadExactly(text);
        int kept = 0;
        while (text.AsSpan(kept).IndexOf((byte)'\n') is >= 0 and int length && IsBefore(text.AsMemory(kept, length), iteration))
        {
            kept += length + 1;
        }

        _metrics.SetLength(kept);
        _metrics.Position = kept;
    }

    /// <summary>Says in `metrics.jsonl` how the run ended; a run that is resumed takes it back.</summary>
    /// <param name="how">How.</param>
    /// <param name="reason">Why it did not finish, in a line; null where it did.</param>
    internal void End(RunEnd how, string? reason = null)
    {
        Append(new { Kind = "end", How = how, Reason = reason });
        Flush();
    }

    /// <summary>Flushes `metrics.jsonl` to the disk.</summary>
    internal void Flush() => _metrics.Flush(flushToDisk: true);

    /// <summary>Writes a JSON file atomically.</summary>
    /// <param name="name">File name inside the folder.</param>
    /// <param name="value">Serialised with snake_case names.</param>
    public void Write(string name, object value)
    {
        AtomicFile.WriteText(System.IO.Path.Combine(Path, name), JsonSerializer.Serialize(value, RunJson.Indented) + "\n");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _metrics.Dispose();
        _lock.Dispose();
    }

    private void Clear()
    {
        States.Clear();
        foreach (string file in Companions.SelectMany(name => Directory.EnumerateFiles(Path, name))) File.Delete(file);
    }

    private static bool IsBefore(ReadOnlyMemory<byte> line, int iteration)
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(line);
            return record.RootElement.ValueKind == JsonValueKind.Object
                && record.RootElement.TryGetProperty("iteration", out JsonElement value)
                && value.TryGetInt32(out int number) && number < iteration;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
