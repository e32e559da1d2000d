using System.Security.Cryptography;

namespace SegLstm.Data.Benchmarks.Archives;

/// <summary>Compares files with published digests.</summary>
public static class ArchiveDigest
{
    private const int BufferBytes = 1 << 20;

    /// <summary>The digest of a file, of the kind that was published.</summary>
    /// <param name="path">The file; read once, in pieces.</param>
    /// <param name="published">"md5:..." or "sha256:...".</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>As <paramref name="published"/> is written.</returns>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static string Of(string path, string published, CancellationToken stop = default)
    {
        string kind = published.Split(':')[0];
        using var hash = IncrementalHash.CreateHash(kind switch
        {
            // What publishers state; it tells damaged files, not forged ones.
            "md5" => HashAlgorithmName.MD5,
            "sha256" => HashAlgorithmName.SHA256,
            _ => throw new ArgumentException($"The digest '{published}' is of no known kind: expected md5:... or sha256:..."),
        });
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        byte[] buffer = new byte[BufferBytes];
        while (file.Read(buffer) is > 0 and int count)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }

        return $"{kind}:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    /// <summary>Refuses a file that is not the published one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="archive">What was published of it; without a digest anything passes.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ArchiveException">It is another; the message has both digests.</exception>
    public static void Require(string path, BenchmarkArchive archive, CancellationToken stop = default)
    {
        if (archive.Digest is not { } published || Of(path, published, stop) is var digest && digest == published) return;
        throw new ArchiveException(
            $"'{path}' is not the published {archive.Name}: expected {published}, got {digest} of {new FileInfo(path).Length:N0} "
            + "bytes. It is damaged, half loaded, or its publishers have replaced it: remove it and get it again.");
    }
}
