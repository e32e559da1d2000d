using System.Globalization;
using SegLstm.Checkpoints;

namespace SegLstm.Training;

/// <summary>
/// The training states of a run's folder, `state-NNNNNNNN.safetensors` by the number of the batch that comes next. The newest
/// ones are kept: should the newest be broken, it is set aside as `broken-NNNNNNNN.safetensors`, and the one before is whole.
/// </summary>
/// <param name="folder">The run's folder.</param>
internal sealed class StateFiles(string folder)
{
    private const string Prefix = "state-", BrokenPrefix = "broken-", Extension = ".safetensors";

    /// <summary>Whether there are any.</summary>
    public bool Any => All().Any();

    /// <summary>Removes all states, and what is left of those that were never finished.</summary>
    public void Clear()
    {
        foreach ((_, string path) in All()) File.Delete(path);
        foreach (string path in Directory.EnumerateFiles(folder, $"{BrokenPrefix}*{Extension}")) File.Delete(path);
        RemoveUnfinished();
    }

    /// <summary>Removes the temporary files that a killed process left.</summary>
    public void RemoveUnfinished()
    {
        foreach (string path in Directory.EnumerateFiles(folder, ".*.tmp.*")) File.Delete(path);
    }

    /// <summary>Whether a file could not be written. The last is what .NET calls one that outgrows its file system, or the limit
    /// that a shell has set.</summary>
    public static bool IsUnwritable(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Writes a state and removes the oldest.</summary>
    /// <param name="batch">Number of the batch that comes next.</param>
    /// <param name="keep">How many stay, the new one among them.</param>
    /// <param name="write">Writes to a path, atomically.</param>
    /// <exception cref="IOException">It could not be written; the states before it are untouched.</exception>
    public void Save(long batch, int keep, Action<string> write)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{batch:00000000}{Extension}"));
        try
        {
            write(path);
        }
        catch (Exception fault) when (IsUnwritable(fault))
        {
            string? last = Directory.Exists(folder)
                ? All().Where(state => state.Batch != batch).Select(state => Path.GetFileName(state.Path)).FirstOrDefault()
                : null;
            throw new IOException($"The training state {path} could not be saved: {fault.Message} " + (last is null
                ? "There is no earlier one."
                : $"{last} is whole: make the folder writable or make room, and resume the run from there."), fault);
        }

        // States with higher numbers are leftovers of a broken or abandoned continuation.
        foreach ((_, string stale) in All().Where(state => state.Batch > batch)) File.Delete(stale);
        foreach ((_, string old) in All().Skip(keep)) File.Delete(old);
    }

    /// <summary>Reads the newest state that is whole.</summary>
    /// <returns>The state and what is wrong with newer ones; null where there is none at all.</returns>
    /// <exception cref="InvalidDataException">There are states, and all are broken.</exception>
    public (TrainingStateFile File, IReadOnlyList<string> Broken)? Newest()
    {
        var broken = new List<(string Path, string Fault)>();
        foreach ((_, string path) in All())
        {
            try
            {
                TrainingStateFile file = TrainingStateFile.Read(path);
                // Out of the way: it must not pass for the one before the next.
                foreach ((string aside, _) in broken) File.Move(aside, Aside(aside), overwrite: true);
                return (file, [.. broken.Select(state => state.Fault)]);
            }
            catch (Exception fault) when (fault is SafeTensorsException or InvalidDataException)
            {
                broken.Add((path, fault.Message));
            }
        }

        return broken.Count == 0
            ? null
            : throw new InvalidDataException(
                $"No training state in {folder} is whole: {string.Join(" ", broken.Select(state => state.Fault))}");
    }

    private string Aside(string path) => Path.Combine(folder, BrokenPrefix + Path.GetFileName(path)[Prefix.Length..]);

    // From the newest to the oldest.
    private IEnumerable<(long Batch, string Path)> All() =>
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}")
            .Select(path => (Batch: Number(path), Path: path)).Where(state => state.Batch >= 0)
            .OrderByDescending(state => state.Batch),
    ];

    private static long Number(string path) => long.TryParse(
        Path.GetFileNameWithoutExtension(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long batch)
        ? batch
        : -1;
}
