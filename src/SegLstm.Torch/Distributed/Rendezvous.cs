using System.Globalization;
using static TorchSharp.torch.distributed;

namespace SegLstm.Torch;

/// <summary>Where the processes of a job meet, and which of them this one is.</summary>
/// <param name="Host">The machine of rank 0; null where a store is given.</param>
/// <param name="Port">The port of its store.</param>
/// <param name="Rank">Number of this process, from 0.</param>
/// <param name="Size">Number of processes.</param>
internal sealed record Rendezvous(string? Host, int Port, int Rank, int Size)
{
    /// <summary>Reads what <c>init_process_group</c> was given.</summary>
    /// <exception cref="ArgumentException">It is not enough, or no such job.</exception>
    public static Rendezvous Of(string? method, Store? store, int rank, int size)
    {
        bool reads = store is null && (method is null || method == "env://");
        if (reads && rank < 0) rank = Number("RANK");
        if (reads && size < 0) size = Number("WORLD_SIZE");
        if (size < 1 || rank < 0 || rank >= size)
        {
            throw new ArgumentException($"Rank {rank} of {size} processes: expected a rank from 0 to one less than their number "
                + (reads ? "in RANK and WORLD_SIZE." : "in rank and world_size."));
        }

        if (store is not null) return new Rendezvous((store as TCPStore)?.host, 0, rank, size);
        if (reads) return new Rendezvous(Text("MASTER_ADDR"), Number("MASTER_PORT", 1, ushort.MaxValue), rank, size);
        if (Uri.TryCreate(method, UriKind.Absolute, out Uri? place) && place is { Scheme: "tcp", Port: > 0 })
            return new Rendezvous(place.IdnHost, place.Port, rank, size);
        throw new ArgumentException($"The init_method is '{method}': expected env:// or tcp://host:port.");
    }

    /// <summary>Keeps the store as rank 0, or connects to it.</summary>
    public Store Open(TimeSpan timeout)
    {
        // Where torchrun keeps the store itself, rank 0 has only to connect.
        bool isKept = Environment.GetEnvironmentVariable("TORCHELASTIC_USE_AGENT_STORE") == "True";
        try
        {
            return new TCPStore(Host!, Port, is_master: Rank == 0 && !isKept, timeout);
        }
        catch (DistError fault) when (Rank > 0)
        {
            throw new DistError($"Rank {Rank} of {Size} did not find rank 0: {fault.Message}", fault);
        }
    }

    /// <summary>Waits for all ranks.</summary>
    /// <exception cref="DistError">Some do not come, which are named; or one came twice.</exception>
    public void Meet(Store store, string prefix, TimeSpan timeout)
    {
        if (store.add(Key(Rank), 1) > 1)
        {
            throw new DistError($"Two processes are rank {Rank} of {Size}: each needs a number of its own (RANK).");
        }

        try
        {
            store.wait([.. Enumerable.Range(0, Size).Select(Key)], timeout);
        }
        catch (DistError fault)
        {
            string missing = Missing();
            throw new DistError($"Rank {Rank} of {Size} waited {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s "
                + $"for {missing}, which did not come{(Host is null ? "" : $" to {Host}:{Port}")}: see whether they were started, have "
                + "failed, or cannot reach that address.", fault);
        }

        string Key(int rank) => $"{prefix}/{rank}";

        string Missing()
        {
            try
            {
                int[] ranks = [.. Enumerable.Range(0, Size).Where(rank => !store.check([Key(rank)]))];
                string first = string.Join(", ", ranks.Take(8));
                return ranks.Length == 1 ? $"rank {first}" : $"ranks {first}{(ranks.Length > 8 ? " ..." : "")}";
            }
            catch (DistError)
            {
                return "rank 0";
            }
        }
    }

    private static string Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? text
        : throw new ArgumentException($"The variable {name} is not set: torchrun sets RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT. "
            + "Start the program with it, set them, or give init_method, rank and world_size.");

    private static int Number(string name, int least = 0, int most = int.MaxValue)
    {
        string text = Text(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(
                $"The variable {name} is '{text}': expected a whole number{(least > 0 ? $" from {least} to {most}" : "")}.");
    }
}
