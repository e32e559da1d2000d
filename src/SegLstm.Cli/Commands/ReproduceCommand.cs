using System.CommandLine;
using System.Globalization;
using SegLstm.Checkpoints;
using SegLstm.Cli.Output;
using SegLstm.Experiments.Claims;
using SegLstm.Experiments.Sweeps;
using SegLstm.Experiments.Tables;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Workbook.Reports;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm reproduce`: every table and figure that this repository claims, made again and judged.</summary>
internal static class ReproduceCommand
{
    private static readonly Argument<string[]> Names = new("claims")
    {
        Description = "Only these claims (default: all).", Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "Make the tables from the logged runs that lie beside the claims, in under a minute.",
    };
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Train all runs of the workbook's scale again: under ten minutes on two idle cores. Studies take longer: "
            + "only those that are named.",
    };
    private static readonly Option<bool> Full = new("--full")
    {
        Description = "Train the runs of the papers' scale where their data are; else say what is needed.",
    };
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Count runs that are finished in the folder, and go on with those that were cut off; else all are made "
            + "anew.",
    };
    private static readonly Option<string?> In = new("--in")
    {
        Description = "Where the claims are (default: data/results of the repository).", HelpName = "FOLDER",
    };
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "Folder for the report, the tables and the runs.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "out/reproduce",
    };
    private static readonly Option<int> Jobs = new("--jobs", "-j")
    {
        Description = "Runs at a time, each with one thread (default: the processors).",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "reproduce",
            "List the tables and figures that this repository claims, or make them again and judge each by its tolerances.",
            "seglstm reproduce                           what there is, what it costs, what is published of it",
            "seglstm reproduce --verify                  from the logged runs; exit code 1 unless all match",
            "seglstm reproduce --quick                   trains them again, but for those whose data are not here, which are named",
            "seglstm reproduce olinda --quick --out out/olinda",
            "seglstm reproduce --full                    what the papers' experiments need")
        {
            Names, Verify, Quick, Full, Resume, In, Out, Jobs,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        bool[] depths = [arguments.GetValue(Verify), arguments.GetValue(Quick), arguments.GetValue(Full)];
        if (depths.Count(given => given) > 1)
        {
            throw new UsageException("--verify, --quick and --full exclude each other: give one of them");
        }

        string root = arguments.GetValue(In) ?? ClaimFolder.Repository
            ?? throw new UsageException("there is no data/results above this folder or the program: name it with --in");
        if (!Directory.Exists(root)) throw new UsageException($"{In.Name} {root}: there is no such folder");
        IReadOnlyList<ClaimFolder> claims = ClaimFolder.ReadAll(root);
        string[] names = arguments.GetValue(Names) ?? [];
        if (names.Length > 0) claims = [.. names.Select(name => ClaimFolder.Find(claims, name))];
        if (!depths.Contains(true)) return names.Length > 0 ? Detail(claims) : List(claims);

        ClaimScale[] scales = depths[2] ? [ClaimScale.Paper]
            : depths[1] && names.Length == 0 ? [ClaimScale.Workbook] : [ClaimScale.Workbook, ClaimScale.Study];
        ClaimFolder[] chosen = [.. claims.Where(claim => scales.Contains(claim.Claim.Scale))];
        if (chosen.Length == 0)
        {
            throw new UsageException(
                $"none of the claims is of the scale {string.Join(" or ", scales.Select(Word))}: see seglstm reproduce");
        }

        string folder = Require.WritableFolder(arguments.GetValue(Out)!, Out.Name);
        int jobs = Require.AtLeast(arguments.GetValue(Jobs), 1, Jobs.Name);
        using var interruption = new Interruption();
        var results = new List<ClaimResult>();
        foreach (ClaimFolder claim in chosen)
        {
            ClaimResult result = depths[0]
                ? Reproduction.Verify(claim)
                : Reproduction.Make(claim, Path.Combine(folder, claim.Name), OwnCommand.Words, jobs,
                    arguments.GetValue(Resume), Tell, interruption.Token);
            results.Add(result);
            Show(result);
            Write(folder, result);
        }

        string command = $"seglstm reproduce --{(depths[0] ? "verify" : depths[1] ? "quick" : "full")}";
        string page = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(page, ReproductionPage.ToHtml(command, results));
        int matches = results.Count(result => result.Verdict == ClaimVerdict.Match);
        int without = results.Count(result => result.Verdict == ClaimVerdict.NotMade);
        Terminal.Out.WriteLine(
            $"{matches} of {results.Count} match{(without > 0 ? $", {without} not made" : "")}; wrote {page}");
        // Data that may not be passed on are no fault of who has none; of --full they are all that is asked about.
        return matches + (depths[1] ? without : 0) == results.Count ? 0 : 1;
    }

    private static int List(IReadOnlyList<ClaimFolder> claims)
    {
        Table table = new Table().Border(Tables.Border).AddColumns("claim", "scale", "what", "cost", "state", "published");
        foreach (ClaimFolder claim in claims)
        {
            table.AddRow(new[]
            {
                claim.Name, Word(claim.Claim.Scale), claim.Claim.Title, claim.Claim.Cost, State(claim),
                claim.Claim.Published.Split(':')[0],
            }.Select(Markup.Escape).ToArray());
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine("expected values of one, and what is published in full: seglstm reproduce NAME");
        Terminal.Out.WriteLine("make them again: --verify from logs, --quick trains the workbook's, --full the papers'");
        return 0;
    }

    private static int Detail(IReadOnlyList<ClaimFolder> claims)
    {
        foreach (ClaimFolder claim in claims)
        {
            foreach ((string key, string value) in new[]
            {
                ("claim", claim.Name), ("what", claim.Claim.Title), ("shown", claim.Claim.Shown),
                ("scale", Word(claim.Claim.Scale)),
                ("command", $"seglstm reproduce {claim.Name} --{(claim.Claim.Scale == ClaimScale.Paper ? "full" : "quick")}"),
                ("cost", claim.Claim.Cost), ("state", State(claim)), ("published", claim.Claim.Published), ("folder", claim.Path),
            })
            {
                Console.Out.WriteLine($"{key,-12}{value}");
            }

            foreach (ExpectedValue expected in claim.Claim.Expected)
            {
                Console.Out.WriteLine($"{"expected",-12}{ReproductionPage.Sentence(expected)}");
            }
        }

        return 0;
    }

    private static string State(ClaimFolder claim) => claim.Claim.Missing.Count > 0
            ? $"this version lacks {string.Join(", ", claim.Claim.Missing)}"
        : claim.Obstacles.Count > 0
            ? $"needs {string.Join(", ", claim.Claim.Files)}{(Directory.Exists(claim.Logged) ? ", logged" : "")}"
        : claim.Sweep is null ? "computed each time"
        : $"{claim.Sweep.Runs.Count} runs, {(Directory.Exists(claim.Logged) ? "logged" : "not logged")}";

    private static void Tell(SweepResult run) =>
        Terminal.Out.WriteLine($"  {run.Run.Name}: {run.Outcome.ToString().ToLowerInvariant()} {run.Fault}".TrimEnd());

    private static void Show(ClaimResult result)
    {
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Word(result.Verdict)}: {result.Claim.Name}, {result.Claim.Claim.Title} ({result.Elapsed.TotalSeconds:0.0} s)"));
        if (result.Reason.Length > 0) Terminal.Out.WriteLine($"  {result.Reason}");
        foreach (ClaimCheck check in result.Checks) Terminal.Out.WriteLine($"  {ReproductionPage.Sentence(check)}");
        if (result.Verdict == ClaimVerdict.NotMade) Terminal.Out.WriteLine($"  needs: {result.Claim.Claim.Cost}");
        if (result.Caption.Length > 0) Terminal.Out.WriteLine($"  {result.Caption}");
    }

    private static void Write(string folder, ClaimResult result)
    {
        if (result.Table is not { } table) return;
        foreach ((TableFormat format, string extension) in new[]
        {
            (TableFormat.Markdown, "md"), (TableFormat.Latex, "tex"), (TableFormat.Csv, "csv"),
        })
        {
            AtomicFile.WriteText(Path.Combine(folder, $"{result.Claim.Name}.{extension}"), TableText.Write(table, format));
        }
    }

    private static string Word(ClaimScale scale) => scale.ToString().ToLowerInvariant();

    private static string Word(ClaimVerdict verdict) =>
        verdict == ClaimVerdict.NotMade ? "not made" : verdict.ToString().ToLowerInvariant();
}
