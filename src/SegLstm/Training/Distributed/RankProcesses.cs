using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SegLstm.Training.Distributed;

/// <summary>
/// Starts the ranks of a job as processes of this machine and watches over them: where one fails, the others are ended. Rank 0
/// writes to this process's output, the errors of all ranks come with their number in front.
/// </summary>
/// <remarks>
/// Each process's standard input is a line to this one (<see cref="LauncherLine"/>): a word on it asks to stop, its end says that
/// this process is gone.
/// </remarks>
/// <param name="start">How to start a rank, arguments included.</param>
/// <param name="count">Number of ranks.</param>
public sealed class RankProcesses(ProcessStartInfo start, int count)
{
    /// <summary>Exit code of a rank that failed because another one had.</summary>
    public const int LostRankExitCode = 75;

    /// <summary>Exit code of a rank that was stopped when asked to.</summary>
    public const int StoppedExitCode = 130;

    // With what the system takes for a killed process to be seen, this stays under half a minute.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15), Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the ranks to their end.</summary>
    /// <param name="error">Takes what ranks say of errors.</param>
    /// <param name="stop">Asks all to stop after the current step.</param>
    /// <exception cref="RankFailedException">One failed or was killed; all are gone.</exception>
    /// <exception cref="OperationCanceledException">They stopped because they were asked to.</exception>
    public void Run(TextWriter error, CancellationToken stop = default)
    {
        int port = FreePort();
        var ranks = new List<Process>();
        try
        {
            for (int rank = 0; rank < count; rank++) ranks.Add(Start(rank, port, error));
            using CancellationTokenRegistration registration = stop.Register(() => Ask(ranks));
            Watch(ranks);
            if (ranks.Any(rank => rank.ExitCode == StoppedExitCode)) throw new OperationCanceledException(stop);
        }
        finally
        {
            foreach (Process rank in ranks) End(rank);
        }
    }

    private void Watch(List<Process> ranks)
    {
        var failed = new List<int>();
        Stopwatch? since = null;
        while (ranks.Any(rank => !rank.HasExited) && (since is null || since.Elapsed < Grace))
        {
            Thread.Sleep(Pause);
            failed.AddRange(Enumerable.Range(0, count).Where(rank => !failed.Contains(rank) && HasFailed(ranks[rank])));
            if (failed.Count == 0 || since is not null) continue;
            since = Stopwatch.StartNew();
            // Those that make parts of a map do not wait for each other, and so would not find out.
            Ask(ranks);
        }

        failed.AddRange(Enumerable.Range(0, count).Where(rank => !failed.Contains(rank) && HasFailed(ranks[rank])));
        if (failed.Count == 0) return;

        // Those that only lost another one are not the cause.
        int cause = failed.Concat([-1]).First(rank => rank < 0 || ranks[rank].ExitCode != LostRankExitCode);
        if (cause < 0) cause = failed[0];
        int[] stuck = [.. Enumerable.Range(0, count).Where(rank => !ranks[rank].HasExited)];
        throw new RankFailedException(cause, count, ranks[cause].Id, ranks[cause].ExitCode, stuck);
    }

    private static bool HasFailed(Process rank) => rank.HasExited && rank.ExitCode is not (0 or StoppedExitCode);

    private Process Start(int rank, int port, TextWriter error)
    {
        var info = new ProcessStartInfo(start.FileName, start.ArgumentList)
        {
            RedirectStandardInput = true, RedirectStandardOutput = rank > 0, RedirectStandardError = true,
            WorkingDirectory = start.WorkingDirectory,
        };
        void Set(string name, object value) => info.Environment[name] = string.Create(CultureInfo.InvariantCulture, $"{value}");
        Set("RANK", rank);
        Set("LOCAL_RANK", rank);
        Set("WORLD_SIZE", count);
        Set("LOCAL_WORLD_SIZE", count);
        Set("MASTER_ADDR", "127.0.0.1");
        Set("MASTER_PORT", port);
        Set(LauncherLine.Variable, Environment.ProcessId);
        info.Environment.Remove("TORCHELASTIC_USE_AGENT_STORE");
        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrEmpty(line.Data)) lock (error) error.WriteLine($"rank {rank}: {line.Data}");
        };
        if (rank > 0) process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Ask(List<Process> ranks)
    {
        foreach (Process rank in ranks)
        {
            try
            {
                rank.StandardInput.WriteLine(LauncherLine.StopWord);
                rank.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It has ended by itself.
            }
        }
    }

    private static void End(Process rank)
    {
        if (!rank.HasExited) rank.Kill();
        // Also waits for the last line of its errors.
        rank.WaitForExit();
        rank.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
