using System.Diagnostics;
using SegLstm.Data.Rasters;
using SegLstm.Training.Distributed;

namespace SegLstm.Training.Mapping;

/// <summary>
/// Makes one map in several processes: each makes its share of the strips that are missing into one journal, and rank 0 the file of
/// them. Shares are neighbouring strips, so that few windows are predicted twice.
/// </summary>
/// <remarks>The map has the bytes that one process with as many threads gives it. On several machines the journal's folder must be on
/// a disk that all of them see.</remarks>
/// <param name="mapper">This process's mapper.</param>
/// <param name="ranks">The processes.</param>
/// <param name="patience">How long rank 0 waits for another one that shows no sign of life.</param>
public sealed class SharedMapper(RasterMapper mapper, Ranks ranks, TimeSpan patience)
{
    // Not the pace of the model: a sign of life is a message to rank 0.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(100);

    private const string Done = "map/done";

    /// <summary>What rank 0 does.</summary>
    /// <inheritdoc cref="RasterMapper.Map"/>
    /// <exception cref="LostRankException">Another process went away.</exception>
    public RasterMap Map(IPixelSource source, string destination, MapJournal journal, Action<long, long>? progress = null,
        CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        int[] missing = Missing(journal);
        MapSpeed own = mapper.Make(source, journal, Share(missing), progress, stop);
        Wait(stop);
        journal.Look();
        if (journal.Missing.Count > 0)
        {
            throw new IOException(
                $"{journal.Missing.Count} strips of {missing.Length} are not in '{journal.Folder}', though all processes have made "
                + "theirs: expected a folder that all of them see. Choose another place for the map.");
        }

        return mapper.Write(source, destination, journal, own with { Pixels = missing.Sum(journal.PixelsOf), Elapsed = clock.Elapsed });
    }

    /// <summary>What the others do: they make strips, and leave the map to rank 0.</summary>
    /// <param name="source">What to classify.</param>
    /// <param name="journal">Their side of it (<see cref="MapJournal.Join"/>).</param>
    /// <param name="stop">Gives the rest up between two batches of windows.</param>
    /// <exception cref="LostRankException">Rank 0 went away.</exception>
    public void Help(IPixelSource source, MapJournal journal, CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan told = TimeSpan.Zero;
        mapper.Make(source, journal, Share(Missing(journal)), (_, _) =>
        {
            if (clock.Elapsed - told < Beat) return;
            told = clock.Elapsed;
            ranks.Tally(Sign(ranks.Rank), 1);
        }, stop);
        ranks.Tally(Done, 1);
    }

    private static string Sign(int rank) => $"map/{rank}";

    // What rank 0 found, before anybody makes a strip.
    private int[] Missing(MapJournal journal)
    {
        double[] missing = new double[journal.Count];
        if (ranks.IsFirst)
        {
            foreach (int strip in journal.Missing) missing[strip] = 1;
        }

        ranks.Sum(missing);
        return [.. Enumerable.Range(0, missing.Length).Where(strip => missing[strip] > 0)];
    }

    private int[] Share(int[] missing)
    {
        (int first, int count) = ranks.Part(missing.Length);
        return missing[first..(first + count)];
    }

    private void Wait(CancellationToken stop)
    {
        long signs = -1;
        var since = Stopwatch.StartNew();
        while (ranks.Tally(Done, 0) < ranks.Count - 1)
        {
            stop.ThrowIfCancellationRequested();
            Thread.Sleep(Pause);
            long now = Enumerable.Range(1, ranks.Count - 1).Sum(rank => ranks.Tally(Sign(rank), 0)) + ranks.Tally(Done, 0);
            if (now != signs) since.Restart();
            signs = now;
            if (since.Elapsed > patience)
            {
                throw new LostRankException(FormattableString.Invariant(
                    $"Rank 0 of {ranks.Count} waited {patience.TotalSeconds:0.#} s for strips of other processes, which gave no sign of ")
                    + "life: what they have kept is there, go on with --resume.");
            }
        }
    }
}
