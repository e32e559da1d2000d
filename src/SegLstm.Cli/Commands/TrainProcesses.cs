using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using SegLstm.Training.Distributed;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>The options of `seglstm train` for several processes, and what they do.</summary>
internal static class TrainProcesses
{
    private static readonly Option<int?> Processes = new("--processes")
    {
        Description = "Processes of this machine that train together: each takes its part of every batch, and the result is that of one "
            + "but for rounding. torchrun, srun and mpirun start them too, then without this option.",
        HelpName = "N",
    };

    private static readonly Option<double> Wait = new("--wait")
    {
        Description = "Seconds that processes wait for one another.", HelpName = "N", DefaultValueFactory = _ => 1800,
    };

    /// <summary>All options.</summary>
    public static Option[] Options => [Processes, Wait];

    /// <summary>Whether this process is to start others and watch them.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="place">What the environment says of this process.</param>
    public static bool Launches(ParseResult arguments, RankPlace? place)
    {
        if (arguments.GetValue(Processes) is not { } count) return false;
        Require.AtLeast(count, 1, Processes.Name);
        if (place is null) return count > 1;
        return count == place.Count
            ? false
            : throw new UsageException($"{Processes.Name} {count}: {place.Launcher} has started {place.Count} processes; leave the option "
                + "out, or start the command by itself");
    }

    /// <summary>Starts the processes and waits for their end.</summary>
    /// <param name="arguments">The command line, which all of them get.</param>
    /// <param name="folder">The run's folder, where it is known.</param>
    public static int Launch(ParseResult arguments, string? folder)
    {
        int count = arguments.GetValue(Processes)!.Value;
        ProcessStartInfo start = ThisProgram.Start();
        foreach (Token token in arguments.Tokens) start.ArgumentList.Add(token.Value);
        using var interruption = new Interruption();
        try
        {
            new RankProcesses(start, count).Run(Console.Error, interruption.Token);
            return 0;
        }
        catch (RankFailedException fault)
        {
            string run = folder is null ? "the same command and --resume" : $"seglstm train --resume {folder} {Processes.Name} {count}";
            Console.Error.WriteLine($"seglstm: error: {fault.Message} Go on from the last training state, if there is one, with: {run}");
            return 1;
        }
    }

    /// <summary>Joins the other processes.</summary>
    public static Ranks Join(ParseResult arguments, RankPlace place)
    {
        double seconds = arguments.GetValue(Wait);
        return seconds is > 0 and <= 1e6
            ? Ranks.Join(place, TimeSpan.FromSeconds(seconds))
            : throw new UsageException(FormattableString.Invariant($"{Wait.Name} {seconds}: expected a number above 0"));
    }

    /// <summary>Shares the cores of this machine, where nobody says how many threads there should be.</summary>
    /// <param name="threads">What was asked for.</param>
    /// <param name="place">Which process this is.</param>
    public static int? Threads(int? threads, RankPlace? place) =>
        threads is not null || place is null || Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 }
            ? threads
            : Math.Max(1, get_num_threads() / place.LocalCount);
}
