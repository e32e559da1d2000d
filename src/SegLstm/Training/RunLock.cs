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

    // Who asks for the holder has the lock for an instant: nobody is to be refused for that.
    private const int Tries = 5, PauseMilliseconds = 20;

    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">Somebody has it, or the folder cannot be written.</exception>
    public RunLock(string folder)
    {
        _file = Open(folder);

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

    /// <summary>Who writes a run's folder, in words; null where nobody does.</summary>
    /// <param name="folder">The folder.</param>
    public static string? HolderOf(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            return Holder(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStream Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        for (int tried = 1; ; tried++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && tried < Tries)
            {
                Thread.Sleep(PauseMilliseconds);
            }
            catch (IOException fault) when (File.Exists(path))
            {
                throw new IOException($"The run folder {folder} is being written by {Holder(folder)}: wait for its end, stop it, "
                    + $"or choose another folder. ({fault.Message})", fault);
            }
        }
    }

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
