using System.Security.Cryptography;
using System.Text;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>
/// A folder of pre-trained encoders, each in a folder of its own that is named by all that it depends on: runs that begin with the
/// same one make it once.
/// </summary>
/// <remarks>An encoder is made in a folder that is renamed at its end, so what is found is whole. Processes that make the same one
/// at the same time make it twice, to the same end.</remarks>
/// <param name="folder">The folder; made when something is put there.</param>
public sealed class PretrainedStore(string folder)
{
    /// <summary>How the names of encoders' folders begin.</summary>
    internal const string Prefix = "pretrained-";

    private const int DigestLength = 16;

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
        string unfinished = $"{path}.{Environment.ProcessId}";
        try
        {
            using (var run = new RunFolder(unfinished)) make(run);
            Directory.Move(unfinished, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            // Another process was first.
        }
        finally
        {
            // It cannot be gone on with: what was stopped or failed would stay for ever.
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }

        return path;
    }
}
