using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using SegLstm.Tests.EndToEnd.Setup;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>The Python modules beside this file: cases in which Jupyter's own client speaks to the kernel.</summary>
internal static partial class PythonSuite
{
    /// <summary>Debian's: another Python on PATH knows nothing of Debian's packages.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>Under this name goes what a suite wrote beside its report.</summary>
    public const string Remarks = "(remarks)";

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1" ? 60 : 10);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Jupyter");

    /// <summary>The cases that a module's source names.</summary>
    public static IEnumerable<PythonCase> CasesOf(string suite) =>
        CaseName().Matches(File.ReadAllText(Path.Combine(Folder, suite + ".py"))).Select(match => new PythonCase(suite, match.Groups[1].Value));

    public static void SkipWhereJupyterIsMissing()
    {
        Outcome probe = File.Exists(Python)
            ? Shell.Run(Folder, new Dictionary<string, string>(), Python, "-c", "import jupyter_client, jupyter_kernel_test, nbclient, nbformat, zmq")
            : new(1, "", "there is no " + Python, TimeSpan.Zero);
        Assert.SkipWhen(probe.ExitCode != 0,
            $"Jupyter's clients are missing ({probe.Errors.Trim().Split('\n')[^1]}). Install them with: bash environment/setup.sh --tests");
    }

    public static IReadOnlyDictionary<string, CaseOutcome> Run(string suite, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(Folder, "kernel.py"), suite])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> remarks = process.StandardError.ReadToEndAsync();
        Task<string> report = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
        }

        var outcomes = new Dictionary<string, CaseOutcome>();
        foreach (string line in report.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            CaseOutcome outcome = JsonSerializer.Deserialize<CaseOutcome>(line, Names)!;
            // Of the parts of a case the first that failed counts.
            if (outcomes.GetValueOrDefault(outcome.Case) is not { Outcome: "failed" }) outcomes[outcome.Case] = outcome;
        }

        string log = variables["SEGLSTM_KERNEL_LOG"];
        outcomes[Remarks] = new(Remarks, "", 0, Tail(remarks.Result) + Tail(File.Exists(log) ? File.ReadAllText(log) : ""), []);
        return outcomes;
    }

    private static string Tail(string text) => text.Length <= 3000 ? text : "… " + text[^3000..];

    [GeneratedRegex(@"^    def (test_\w+)\(self", RegexOptions.Multiline)]
    private static partial Regex CaseName();
}
