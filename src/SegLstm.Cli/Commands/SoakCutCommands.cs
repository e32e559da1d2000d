using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Soak;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm soak resume`, `soak kill`, `soak distributed` and `soak scene`: trainings and maps that are cut off end in the bits
/// of those that are not.</summary>
internal static class SoakCutCommands
{
    private static readonly Option<int> Positions = Number("--positions", "Batches behind which a training is stopped.", 20);
    private static readonly Option<int> Kills = Number("--kills", "How often a process is killed.", 100);
    private static readonly Option<int> Seed = Number("--seed", "Draws the places and moments, and the scene.", 1);

    public static Command Resume()
    {
        var command = new ExampleCommand(
            "resume", "Stop a short training behind batches that are drawn, resume each, and compare weights, optimizer, averages "
            + "and metrics with one that never stopped, to the last bit; any difference makes the exit code 1.",
            "seglstm soak resume                          20 places, a minute or two",
            $"seglstm soak resume --positions {ResumeSoak.Batches - 1} --seed 7")
        {
            Positions, Seed,
        };
        command.SetAction(arguments =>
        {
            int positions = Require.AtLeast(arguments.GetValue(Positions), 1, Positions.Name), seed = arguments.GetValue(Seed);
            if (positions >= ResumeSoak.Batches)
            {
                throw new UsageException($"{Positions.Name} {positions}: expected at most {ResumeSoak.Batches - 1}, one behind "
                    + "each batch of the training but the last");
            }

            Terminal.Out.WriteLine($"seed {seed}, {positions} of {ResumeSoak.Batches - 1} places");
            using var interruption = new Interruption();
            return Show("stopped", interruption.Token, ProgressDisplay.Run("resumed", positions,
                tell => ResumeSoak.Run(positions, seed, done => tell(done, ""), interruption.Token)));
        });
        return command;
    }

    public static Command Kill()
    {
        var command = new ExampleCommand(
            "kill", "Kill a training in a process of its own (kill -9) at moments that are drawn, resume it, kill it again, and "
            + "compare what it leaves with one that never stopped, to the last bit; any difference makes the exit code 1.",
            "seglstm soak kill                            100 kills, some minutes",
            "seglstm soak kill --kills 1000 --seed 7")
        {
            Kills, Seed,
        };
        command.SetAction(arguments => Killed(arguments, (kills, seed, tell, stop) => new KillSoak(ThisProgram.Start(), seed).Run(kills, tell, stop)));
        return command;
    }

    public static Command Scene()
    {
        var command = new ExampleCommand(
            "scene", "Kill the mapping of a scene in a process of its own (kill -9) at moments that are drawn, go on with --resume, kill "
            + "it again, and compare the map with one that was made at once, byte by byte; any difference makes the exit code 1.",
            "seglstm soak scene                           100 kills, some minutes",
            "seglstm soak scene --kills 1000 --seed 7")
        {
            Kills, Seed,
        };
        command.SetAction(arguments => Killed(arguments, (kills, seed, tell, stop) => new SceneSoak(ThisProgram.Start(), seed).Run(kills, tell, stop)));
        return command;
    }

    public static Command Distributed()
    {
        var command = new ExampleCommand(
            "distributed", "Kill one of two processes that train together, or the one that started them, at moments that are drawn: the "
            + "others have to end within half a minute. Resume, kill again, and compare what is left with a training in two processes "
            + "that never stopped, to the last bit; any difference makes the exit code 1.",
            "seglstm soak distributed                     100 kills, some ten minutes",
            "seglstm soak distributed --kills 1000 --seed 7")
        {
            Kills, Seed,
        };
        command.SetAction(arguments => Killed(
            arguments, (kills, seed, tell, stop) => new KillSoak(ThisProgram.Start(), seed, processes: 2).Run(kills, tell, stop)));
        return command;
    }

    private static int Killed(ParseResult arguments, Func<int, int, Action<int>, CancellationToken, CutReport> run)
    {
        int kills = Require.AtLeast(arguments.GetValue(Kills), 1, Kills.Name), seed = arguments.GetValue(Seed);
        Terminal.Out.WriteLine($"seed {seed}, {kills} kills");
        using var interruption = new Interruption();
        return Show("killed", interruption.Token, ProgressDisplay.Run(
            "killed", kills, tell => run(kills, seed, done => tell(done, ""), interruption.Token)));
    }

    private static int Show(string how, CancellationToken stop, CutReport report)
    {
        foreach (CutFailure failure in report.Failures) Terminal.Out.WriteLine($"failed: {failure.Where}: {failure.What} differ");
        Terminal.Out.WriteLine(
            $"{how} {report.Cuts} times, {report.Runs} runs compared, {report.Failures.Count} not the same to the bit");
        stop.ThrowIfCancellationRequested();
        return report.Failures.Count == 0 ? 0 : 1;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
