using System.Net;
using System.Net.Http.Headers;

namespace SegLstm.Data.Benchmarks.Archives;

/// <summary>
/// Loads a published file. What has arrived stays in NAME.part, so that a load that was cut off goes on where it ended, in the same
/// call or in a later one; under its name a file appears when its digest is right.
/// </summary>
/// <param name="client">Sends the requests; null for one with a time limit of a minute for each answer and each piece.</param>
public sealed class ArchiveDownload(HttpClient? client = null)
{
    private const int BufferBytes = 1 << 18, MostFruitless = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly Lazy<HttpClient> Shared = new(() => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });

    private readonly HttpClient _client = client ?? Shared.Value;

    /// <summary>The pause before the first new try; it doubles from try to try that brings nothing.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Loads a file into a folder, unless it is there already.</summary>
    /// <param name="archive">The file; it has a <see cref="BenchmarkArchive.Url"/>.</param>
    /// <param name="folder">Where to; it exists.</param>
    /// <param name="progress">Is told how many of how many bytes have arrived; of how many may not be known (null).</param>
    /// <param name="stop">Ends the work; what has arrived stays.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="ArchiveException">It cannot be had, is too large for the disk, or is not what was published.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<string> Get(BenchmarkArchive archive, string folder, Action<long, long?>? progress = null,
        CancellationToken stop = default)
    {
        Uri url = archive.Url ?? throw new ArgumentException($"{archive.Name} has no place that a program can load it from.",
            nameof(archive));
        string path = Path.Combine(folder, archive.Name), part = path + ".part";
        if (File.Exists(path))
        {
            ArchiveDigest.Require(path, archive, stop);
            return path;
        }

        int fruitless = 0;
        TimeSpan pause = Pause;
        while (true)
        {
            long before = Length(part);
            try
            {
                await Load(archive, url, part, progress, stop).ConfigureAwait(false);
                break;
            }
            catch (Exception fault) when (IsPassing(fault, stop))
            {
                // A line that brings something each time may take as long as it likes.
                fruitless = Length(part) > before ? 0 : fruitless + 1;
                if (fruitless >= MostFruitless)
                {
                    throw new ArchiveException(
                        $"{archive.Name} cannot be loaded from {url}: {fault.Message} {Length(part):N0} bytes are in '{part}'; "
                        + "the same command goes on with them.", fault);
                }

                await Task.Delay(pause, stop).ConfigureAwait(false);
                pause = fruitless == 0 ? Pause : 2 * pause;
            }
        }

        try
        {
            ArchiveDigest.Require(part, archive, stop);
        }
        catch (ArchiveException)
        {
            // Wrong bytes must not be gone on with.
            File.Delete(part);
            throw;
        }

        File.Move(part, path);
        return path;
    }

    private async Task Load(BenchmarkArchive archive, Uri url, string part, Action<long, long?>? progress, CancellationToken stop)
    {
        long have = Length(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
            .ConfigureAwait(false);
        long? whole = answer.Content.Headers.ContentRange?.Length;
        // Asked for what lies behind the end: all of it is here, or more than all.
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            if (whole == have || (whole is null && archive.Digest is not null)) return;
            File.Delete(part);
            throw new HttpRequestException($"'{part}' had {have:N0} bytes, more than the {whole:N0} of the file.");
        }

        Refuse(answer, archive, url);
        // A server that knows no ranges sends all from the start, or one that sends others: then it begins anew.
        if (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != have) have = 0;
        whole ??= have + answer.Content.Headers.ContentLength;
        Room(archive, part, whole - have);
        using var target = new FileStream(part, have == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read,
            BufferBytes);
        using Stream source = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            patience.CancelAfter(Patience);
            int count = await source.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (count == 0) break;
            await target.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
            have += count;
            progress?.Invoke(have, whole);
        }

        if (whole is { } expected && have < expected) throw new HttpRequestException(
            $"the line ended after {have:N0} of {expected:N0} bytes.");
    }

    private static void Refuse(HttpResponseMessage answer, BenchmarkArchive archive, Uri url)
    {
        if (answer.IsSuccessStatusCode) return;
        string said = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        if ((int)answer.StatusCode >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
            throw new HttpRequestException($"the server said {said}.");
        throw new ArchiveException(
            $"{archive.Name} is not to be had from {url}: expected the file, got {said}. Look at the data set's page, get the file "
            + "there by hand, and put it into the folder.");
    }

    private static void Room(BenchmarkArchive archive, string part, long? needed)
    {
        long free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(part))!).AvailableFreeSpace;
        if (needed > free)
            throw new ArchiveException($"{archive.Name} needs {needed:N0} more bytes, and the disk of '{part}' has {free:N0}: make "
                + $"room or choose another folder.");
    }

    private static bool IsPassing(Exception fault, CancellationToken stop) => !stop.IsCancellationRequested
        && fault is HttpRequestException or OperationCanceledException or IOException and not ArchiveException;

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
