using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Bench.Distributed;

/// <summary>Time of all_reduce by the size of the tensor, between two processes of this machine.</summary>
internal static class AllReduceSpeed
{
    private const int Ranks = 2, Warmup = 3, LeastRounds = 9, MostRounds = 101;

    private const long Least = 1 << 10, Most = 64 << 20, BytesForRounds = 512 << 20;

    /// <summary>Starts this program again as each rank, and is one itself where it was started so.</summary>
    public static void Run(TextWriter output)
    {
        if (Environment.GetEnvironmentVariable("RANK") is not null)
        {
            Measure(output);
            return;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Process[] ranks = [.. Enumerable.Range(0, Ranks).Select(rank => Start(rank, port))];
        foreach (Process rank in ranks)
        {
            rank.WaitForExit();
            if (rank.ExitCode != 0) output.WriteLine($"a rank failed with exit code {rank.ExitCode}");
        }
    }

    private static Process Start(int rank, int port)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program, Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(AllReduceSpeed).Assembly.Location, "allreduce"] : ["allreduce"]);
        (string Name, string Value)[] variables =
        [
            ("RANK", $"{rank}"), ("WORLD_SIZE", $"{Ranks}"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", $"{port}"),
            ("OMP_NUM_THREADS", "1"),
        ];
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Measure(TextWriter output)
    {
        distributed.init_process_group();
        bool tells = distributed.get_rank() == 0;
        if (tells) output.WriteLine("| bytes | median ms | least ms | GB/s of the tensor at the median |\n| --- | --- | --- | --- |");
        for (long bytes = Least; bytes <= Most; bytes *= 4)
        {
            double[] times = Times(bytes);
            double median = times[times.Length / 2];
            if (!tells) continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {bytes} | {1e3 * median:0.000} | {1e3 * times[0]:0.000} | {bytes / median / 1e9:0.000} |"));
        }

        distributed.destroy_process_group();
    }

    private static double[] Times(long bytes)
    {
        using Tensor x = zeros([bytes / sizeof(float)]);
        int rounds = (int)Math.Clamp(BytesForRounds / bytes, LeastRounds, MostRounds);
        var times = new double[rounds];
        for (int round = -Warmup; round < rounds; round++)
        {
            distributed.barrier();
            long start = Stopwatch.GetTimestamp();
            distributed.all_reduce(x);
            if (round >= 0) times[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(times);
        return times;
    }
}
