using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Training;

/// <summary>
/// Keeps a run's folder for one writer. The system holds the lock on `run.lock` for the process and lets it go with it, however
/// it ends, so that nothing stale is left; `run.lock.json` tells others who it is.
/// </summary>
/// <remarks>An advisory lock (flock on Linux): it binds programs of this library. Over NFS it needs a server with
/// locks.</remarks>
internal sealed class RunLock : IDisposable
{
    private const string FileName = "run.lock", HolderName = "run.lock.json";

    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">Somebody has it, or the folder cannot be written.</exception>
    public RunLock(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new IOException($"The run folder {folder} is being written by {Holder(folder)}: wait for its end, stop it, or "
                + $"choose another folder. ({fault.Message})", fault);
        }

        try
        {
            var owner = new Owner(Environment.ProcessId, Environment.MachineName, DateTime.UtcNow);
            AtomicFile.WriteText(Path.Combine(folder, HolderName), JsonSerializer.Serialize(owner, RunJson.Indented) + "\n");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static string Holder(string folder)
    {
        try
        {
            Owner? owner = JsonSerializer.Deserialize<Owner>(
                File.ReadAllText(Path.Combine(folder, HolderName)), RunJson.Indented);
            if (owner is not { } known) return "another process";
            bool isOwn = known.Process == Environment.ProcessId && known.Machine == Environment.MachineName;
            return $"process {known.Process} on {known.Machine}, since {known.Since:u}"
                + (isOwn ? ", which is this one: dispose the RunFolder that it has open" : "");
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
        }

        return "another process";
    }

    private sealed record Owner(int Process, string Machine, DateTime Since);
}
