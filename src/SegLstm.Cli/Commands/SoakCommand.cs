using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Soak;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm soak`: readers under damaged files, for as long as one likes; and what `seglstm soak` has beside
/// it.</summary>
internal static class SoakCommand
{
    private const int MostShown = 10;

    private static readonly Argument<string[]> Files = new("files")
    {
        Description = "Good files to damage too: .safetensors, .pth, .tif, .png, .jpg.", Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "How long.", HelpName = "N", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "The same seed gives the same inputs.", HelpName = "N", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "Where inputs are kept that a reader did not withstand.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "soak",
    };

    public static Command Create()
    {
        var files = new ExampleCommand(
            "files", "Damage checkpoints and rasters by the structure of their formats and read them; any exception that is no "
            + "refusal, more than 100 ms, or more memory than the file's size and 64 MiB makes the exit code 1.",
            "seglstm soak files                                        a minute of it",
            "seglstm soak files --minutes 60 --seed 7 --out failures",
            "seglstm soak files model.pth scene.tif --minutes 10")
        {
            Files, Minutes, Seed, Out,
        };
        files.SetAction(Run);
        return new ExampleCommand(
            "soak", "Try for long what must not fail: readers of damaged files, trainings and maps that are cut off.",
            "seglstm soak files --minutes 60",
            "seglstm soak resume",
            "seglstm soak kill --kills 100",
            "seglstm soak scene --kills 100",
            "seglstm soak distributed")
        {
            files, SoakCutCommands.Resume(), SoakCutCommands.Kill(), SoakCutCommands.Scene(), SoakCutCommands.Distributed(),
        };
    }

    private static int Run(ParseResult arguments)
    {
        string[] files = [.. (arguments.GetValue(Files) ?? []).Select(path => Require.File(path, Files.Name))];
        double minutes = arguments.GetValue(Minutes);
        if (!(minutes is > 0 and < 1e6))
        {
            string given = minutes.ToString(CultureInfo.InvariantCulture);
            throw new UsageException($"{Minutes.Name} {given}: expected a number above 0");
        }

        int seed = arguments.GetValue(Seed);
        string folder = arguments.GetValue(Out)!;
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}, {minutes:0.##} minutes, at most {FileSoak.MostTime.TotalMilliseconds:0} ms and "
                + $"{FileSoak.MostMemory >> 20} MiB beyond its size an input"));
        using var interruption = new Interruption();
        var duration = TimeSpan.FromMinutes(minutes);
        SoakReport report = ProgressDisplay.Run("seconds", (long)Math.Ceiling(duration.TotalSeconds), tell =>
        {
            DateTime start = DateTime.UtcNow;
            return FileSoak.Run(new SoakOptions
            {
                Duration = duration, Seed = seed, Folder = folder, Files = files,
                Progress = inputs => tell((long)(DateTime.UtcNow - start).TotalSeconds, $"{inputs} inputs"),
                Hung = Hung,
            }, interruption.Token);
        });
        Show(report);
        return report.Failures.Count == 0 ? 0 : 1;
    }

    private static void Show(SoakReport report)
    {
        Table table = Tables.New("file", "inputs", "read", "refused", "slowest ms", "most memory MiB");
        foreach (SoakTally tally in report.Tallies)
        {
            table.AddRow(tally.Kind, $"{tally.Inputs}", $"{tally.Accepted}", $"{tally.Inputs - tally.Accepted}",
                tally.Slowest.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
                (tally.MostMemory / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Inputs} inputs in {report.Elapsed.TotalSeconds:0.0} s: {report.InputsPerHour / 1e6:0.0} million an hour; "
            + $"highest memory of the process {report.PeakMemory >> 20} MiB"));
        foreach (SoakFailure failure in report.Failures.Take(MostShown))
        {
            Terminal.Out.WriteLine($"failed: {failure.Path}: {failure.What}");
        }

        if (report.Failures.Count > MostShown) Terminal.Out.WriteLine($"and {report.Failures.Count - MostShown} more");
        if (report.Failures.Count == 0) Terminal.Out.WriteLine("no failure");
    }

    private static void Hung(string path)
    {
        Console.Error.WriteLine($"seglstm: error: a reader has not come back for half a minute from {path}");
        Environment.Exit(1);
    }
}
