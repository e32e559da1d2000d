using System.Diagnostics;

namespace SegLstm.Tests.EndToEnd.Setup;

/// <summary>What a finished command said and how it ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors, TimeSpan Took)
{
    public string All => Output + Errors;
}

/// <summary>Runs the repository's scripts as a person would, with a few environment variables set.</summary>
internal static class Shell
{
    public static Outcome Run(string workingDirectory, IReadOnlyDictionary<string, string> variables, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult(), clock.Elapsed);
    }

    public static Outcome Bash(IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Run(Path.GetTempPath(), variables, "bash", arguments);
}
