using System.Security.Cryptography;
using System.Text;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>
/// A folder of pre-trained encoders, each in a folder of its own that is named by all that it depends on: runs that begin with the
/// same one make it once.
/// </summary>
/// <remarks>An encoder is made in a folder that is renamed at its end, so what is found is whole; one that was cut off goes on behind its
/// last epoch. Processes that make the same one at the same time make it twice, to the same end.</remarks>
/// <param name="folder">The folder; made when something is put there.</param>
public sealed class PretrainedStore(string folder)
{
    /// <summary>How the names of encoders' folders begin.</summary>
    internal const string Prefix = "pretrained-";

    private const int DigestLength = 16;

    private const string Unfinished = ".unfinished";

    /// <summary>The absolute path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The run that made an encoder, made now where it is not there.</summary>
    /// <param name="source">All that it depends on, as text.</param>
    /// <param name="make">Pre-trains into a run's folder.</param>
    /// <returns>Path of the run's folder.</returns>
    internal string Get(string source, Action<RunFolder> make)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..DigestLength];
        string path = Path.Combine(Folder, Prefix + digest);
        if (Directory.Exists(path)) return path;
        try
        {
            // Where another process makes it, this one does too, in a folder of its own.
            using RunFolder run = Open($"{path}{Unfinished}") ?? new RunFolder($"{path}{Unfinished}.{Environment.ProcessId}");
            Make(run, path, make);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            // Another process was first.
        }

        return path;
    }

    private static void Make(RunFolder run, string path, Action<RunFolder> make)
    {
        try
        {
            make(run);
            // Nobody goes on from what is finished.
            run.States.Clear();
            Directory.Move(run.Path, path);
        }
        finally
        {
            // What cannot be gone on with would stay for ever.
            if (Directory.Exists(run.Path) && !run.HasState) Directory.Delete(run.Path, recursive: true);
        }
    }

    private static RunFolder? Open(string path)
    {
        if (RunFolder.Writer(path) is not null) return null;
        try
        {
            return Directory.Exists(path) ? RunFolder.Resume(path) : new RunFolder(path);
        }
        catch (IOException) when (RunFolder.Writer(path) is not null)
        {
            return null;
        }
    }
}
