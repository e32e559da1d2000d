using System.CommandLine;
using SegLstm.Parity;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm parity`: this library against tensors that the papers' own code computed.</summary>
internal static class ParityCommand
{
    private static readonly Argument<string[]> Folders = new("folders")
    {
        Description = "Folders of golden cases (side files NAME.json with their tensors).", Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<int?> Threads = CommonOptions.Threads();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "parity", "Compare outputs and gradients with golden cases; any case that fails or cannot be built makes the exit "
            + "code 1.",
            "seglstm parity tests/Parity",
            "seglstm parity goldens/mlstm goldens/vil goldens/seglstm goldens/heads goldens/metrics")
        {
            Folders, Threads,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string[] folders = arguments.GetValue(Folders)!;
        CommonOptions.Use(arguments.GetValue(Threads));
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new UsageException($"there is no folder {folder}: give folders that hold golden cases");
            }
        }

        return ParityRunner.Run(folders, Console.Out);
    }
}
