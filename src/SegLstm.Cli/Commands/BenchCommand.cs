using System.CommandLine;
using System.Globalization;
using SegLstm.Benchmarks;
using SegLstm.Cli.Output;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm bench`: how fast this machine computes kernels, blocks and models, and how fast it could.</summary>
internal static class BenchCommand
{
    private const int Interrupted = 130;

    private static readonly Argument<string?> Wildcard = new("wildcard")
    {
        Description = "Only names that match, with * and ?.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "Write the rows, and what they were measured on, to this file too.", HelpName = "FILE",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Fewer and smaller rows, each below about a second.",
    };

    private static readonly Option<bool> Scaling = new("--scaling")
    {
        Description = "Also time and memory against the number of tokens, 1,024 to 65,536, with the exponents.",
    };

    private static readonly Option<int?> Threads = CommonOptions.Threads();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "bench", "Measure kernels, blocks and models beside their references, in percent of what the machine was seen to do.",
            "seglstm bench                                  everything; some minutes on an idle machine",
            "seglstm bench --quick                          the main rows in seconds",
            "seglstm bench 'selective_scan*' --threads 1 --json scan.json",
            "seglstm bench '*.scaling' --scaling            time and memory against tokens")
        {
            Wildcard, Json, Threads, Quick, Scaling,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var options = new BenchmarkOptions
        {
            Wildcard = arguments.GetValue(Wildcard),
            Quick = arguments.GetValue(Quick),
            Scaling = arguments.GetValue(Scaling),
            Threads = arguments.GetValue(Threads) is { } count ? Require.AtLeast(count, 1, Threads.Name) : null,
        };
        string? file = arguments.GetValue(Json) is { } path ? Require.Writable(path, Json.Name) : null;
        Check(options);
        using var interruption = new Interruption();
        BenchmarkReport report = ProgressDisplay.Run("rows", BenchmarkSuite.Count(options), tell =>
            BenchmarkSuite.Run(options, (done, note) => tell(done, note), interruption.Token));
        Describe(report.Environment);
        Terminal.Out.Write(List(report));
        Terminal.Out.WriteLine(
            "median ± half the distance of the quartiles: one thread by processor time, several by the clock on the wall");
        Terminal.Out.WriteLine(
            $"per unit: {string.Join(", ", report.Rows.Select(row => row.Unit).Distinct())}; x faster: than the reference");
        Terminal.Out.WriteLine(
            "% limit: the shortest time that the machine allows, and what it would mostly go to; the machine at its best before,\n"
            + "between and behind the runs (copies: before and behind)");
        if (HasOneThread(report))
        {
            Terminal.Out.WriteLine("x 1: how many times as long one thread takes, both by the clock on the wall and in turns");
        }

        foreach (ScalingCurve curve in report.Scaling ?? [])
        {
            string memory = curve.MemoryExponent is { } power ? $", memory to the power {Number(power, "0.00")}" : "";
            Terminal.Out.WriteLine($"{curve.Name}: time grows with tokens to the power {Number(curve.Exponent, "0.00")}{memory}");
        }

        if (file is not null)
        {
            report.Save(file);
            Terminal.Out.WriteLine($"wrote {file}");
        }

        return interruption.Token.IsCancellationRequested ? Interrupted : 0;
    }

    private static void Check(BenchmarkOptions options)
    {
        if (options is { Quick: true, Scaling: true })
        {
            throw new UsageException($"{Quick.Name} and {Scaling.Name} exclude each other: curves take minutes");
        }

        if (BenchmarkSuite.List(options).Count > 0) return;
        string[] names = [.. BenchmarkSuite.List(options with { Wildcard = null }).Select(one => one.Name).Distinct()];
        string near = Suggestions.Phrase(options.Wildcard!.Trim('*', '?'), names);
        throw new UsageException($"no benchmark matches '{options.Wildcard}'{near}. All names: {string.Join(", ", names)}"
            + (options.Scaling ? "" : $"; more with {Scaling.Name}"));
    }

    private static void Describe(BenchmarkEnvironment environment)
    {
        string blas = environment.Openblas is { } kernels ? $" with OpenBLAS for {kernels}" : "";
        Terminal.Out.WriteLine($"{environment.Cpu}, {environment.Processors} processors, {environment.Os}");
        Terminal.Out.WriteLine(
            $"libtorch {environment.Libtorch}{blas}, {Counted(environment.Threads)}; {environment.Dotnet}; "
            + $"seglstm {environment.Seglstm}; {environment.Date}");
        foreach (MachineLimits limits in environment.Limits)
        {
            string copies = string.Join(", ", limits.Copies.Select(copy =>
                $"{Number(copy.GigabytesPerSecond, "0")} GB/s in {Readable.Bytes(copy.Bytes)}"));
            Terminal.Out.WriteLine(
                $"limits of {Counted(limits.Threads)}, vectors of {limits.VectorBits} bits: "
                + $"{Number(limits.GigaFlops, "0")} GFLOP/s, {Number(limits.NanosecondsPerExp, "0.000")} ns an exp, copies at {copies}");
        }
    }

    private static Table List(BenchmarkReport report)
    {
        bool memory = report.Rows.Any(row => row.MemoryBytes is not null);
        string[] oneThread = HasOneThread(report) ? ["x 1"] : [], last = memory ? ["memory"] : [];
        Table table = Tables.New(
            ["name", "shape", "threads", "median", "per unit", "% limit", "x faster", .. oneThread, .. last]);
        table.Columns[1].LeftAligned();
        foreach (BenchmarkRow row in report.Rows)
        {
            string[] cells =
            [
                row.Name, row.Shape, $"{row.Threads}",
                $"{Time(row.MedianNs)} ± {Number(50 * row.IqrNs / row.MedianNs, "0")} %", Time(row.NsPerUnit),
                $"{Number(row.PercentOfLimit, "0")} {row.Limit}",
                row.RatioToReference is { } ratio ? Number(ratio, ratio < 10 ? "0.0" : "0") : "-",
                .. oneThread.Select(_ => row.RatioToOneThread is { } times ? Number(times, "0.00") : "-"),
                .. last.Select(_ => row.MemoryBytes is { } bytes ? Readable.Bytes(bytes) : "-"),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static bool HasOneThread(BenchmarkReport report) => report.Rows.Any(row => row.RatioToOneThread is not null);

    private static string Counted(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e9 => Digits(nanoseconds / 1e9) + " s",
        >= 1e6 => Digits(nanoseconds / 1e6) + " ms",
        >= 1e3 => Digits(nanoseconds / 1e3) + " us",
        _ => Digits(nanoseconds) + " ns",
    };

    private static string Digits(double value) => Number(value, value < 10 ? "0.00" : value < 100 ? "0.0" : "0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
