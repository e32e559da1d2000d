using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SegLstm.Cli.Commands;
using SegLstm.Cli.Output;
using SegLstm.Training.Distributed;

namespace SegLstm.Cli;

/// <summary>The `seglstm` command: its subcommands, and how every failure reaches the user as one line.</summary>
public static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show where in the program a failure came from (also: SEGLSTM_DEBUG=1).",
        Recursive = true,
    };

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The words after `seglstm`.</param>
    /// <returns>The exit code: 0 done, 1 failed (one line on standard error says why), 75 lost another process of the job, 130
    /// interrupted.</returns>
    public static int Run(string[] args)
    {
        Interruption.ListenToLauncher();
        Command root = Build();
        ParseResult result = root.Parse(args);
        bool debug = args.Contains("--verbose") || Environment.GetEnvironmentVariable("SEGLSTM_DEBUG") is "1" or "true";
        try
        {
            if (result.Action is ParseErrorAction) throw UsageErrors.From(result);
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("seglstm: interrupted");
            return 130;
        }
        catch (LostRankException error)
        {
            Failure.Report(error, debug);
            return RankProcesses.LostRankExitCode;
        }
        catch (Exception error)
        {
            Failure.Report(error, debug);
            return 1;
        }
    }

    private static ExampleCommand Build()
    {
        var root = new ExampleCommand("seglstm", "Semantic segmentation of remotely sensed images with Seg-LSTM and Vision-LSTM.",
            "seglstm demo                                    train a small Seg-LSTM on real Landsat imagery and map the scene",
            "seglstm data                                    which datasets are installed",
            "seglstm models 'vil*'                           models by name, with parameters and FLOPs",
            "seglstm train --model seglstm_nano --data olinda --out runs/first",
            "seglstm train --preset olinda --data olinda --set training.seed=3",
            "seglstm runs                                    the runs and what they reached",
            "seglstm predict --checkpoint runs/first/best.safetensors --image scene.tif --out map.tif",
            "seglstm notebook run notebooks/*.ipynb --out out")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            SegmentCommand.Create(),
            ZeroShotCommand.Create(),
            PresetsCommand.Create(),
            RunsCommand.Create(),
            SweepCommand.Create(),
            ReproduceCommand.Create(),
            ModelsCommand.Create(),
            SpectralCommand.Create(),
            DataCommand.Create(),
            BenchCommand.Create(),
            KernelsCommand.Create(),
            ParityCommand.Create(),
            InspectCommand.Create(),
            ConvertCommand.Create(),
            SoakCommand.Create(),
            DemoCommand.Create(),
            KernelCommand.Create(),
            NotebookCommand.Create(),
            new HelpOption { Action = new ExampleHelpAction() },
            new VersionSwitch(),
            Verbose,
        };
        root.SetAction(result =>
        {
            new ExampleHelpAction().Invoke(result);
            return 1;
        });
        return root;
    }
}
