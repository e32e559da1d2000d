using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using SegLstm.Training.Distributed;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>The options of a command that several processes can do together, and what they do.</summary>
/// <param name="what">What processes of this machine do together, for the help text.</param>
internal sealed class ProcessOptions(string what)
{
    private readonly Option<int?> _processes = new("--processes")
    {
        Description = $"Processes of this machine {what} torchrun, srun and mpirun start them too, then without this option.",
        HelpName = "N",
    };

    private readonly Option<double> _wait = new("--wait")
    {
        Description = "Seconds that processes wait for one another.", HelpName = "N", DefaultValueFactory = _ => 1800,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_processes);
        command.Add(_wait);
    }

    /// <summary>Whether this process is to start others and watch them.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="place">What the environment says of this process.</param>
    /// <exception cref="UsageException">The two contradict each other.</exception>
    public bool Launches(ParseResult arguments, RankPlace? place)
    {
        if (arguments.GetValue(_processes) is not { } count) return false;
        Require.AtLeast(count, 1, _processes.Name);
        if (place is null) return count > 1;
        return count == place.Count
            ? false
            : throw new UsageException($"{_processes.Name} {count}: {place.Launcher} has started {place.Count} processes; leave the option "
                + "out, or start the command by itself");
    }

    /// <summary>Starts the processes and waits for their end.</summary>
    /// <param name="arguments">The command line, which all of them get.</param>
    /// <param name="goOn">What to say of going on where one failed; is given the option, such as <c>--processes 2</c>.</param>
    public int Launch(ParseResult arguments, Func<string, string> goOn)
    {
        int count = arguments.GetValue(_processes)!.Value;
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
            Console.Error.WriteLine($"seglstm: error: {fault.Message} {goOn($"{_processes.Name} {count}")}");
            return 1;
        }
    }

    /// <summary>Joins the other processes.</summary>
    public Ranks Join(ParseResult arguments, RankPlace place) => Ranks.Join(place, Wait(arguments));

    /// <summary>How long processes wait for one another.</summary>
    /// <exception cref="UsageException">It is no time.</exception>
    public TimeSpan Wait(ParseResult arguments)
    {
        double seconds = arguments.GetValue(_wait);
        return seconds is > 0 and <= 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException(FormattableString.Invariant($"{_wait.Name} {seconds}: expected a number above 0"));
    }

    /// <summary>Shares the cores of this machine, where nobody says how many threads there should be.</summary>
    /// <param name="threads">What was asked for.</param>
    /// <param name="place">Which process this is.</param>
    public static int? Threads(int? threads, RankPlace? place) =>
        threads is not null || place is null || Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 }
            ? threads
            : Math.Max(1, get_num_threads() / place.LocalCount);
}
