using System.Diagnostics;

namespace SegLstm.Cli.Tests;

/// <summary>What one run of the real command wrote, and how it ended.</summary>
internal sealed record SeglstmProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static SeglstmProcess Run(params string[] arguments) => Run([], arguments);

    public static SeglstmProcess Run((string Name, string Value)[] environment, string[] arguments, string? folder = null)
    {
        string command = Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [command, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment.Remove("SEGLSTM_DEBUG");
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"seglstm {string.Join(' ', arguments)} ran for more than {Limit}.");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The one line that a failure is: exit code 1, nothing else on standard error, no stack trace.</summary>
    public string FailureLine()
    {
        Assert.True(ExitCode == 1, $"exit code {ExitCode}\n{Output}\n{Error}");
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("seglstm: error: ", line);
        Assert.DoesNotContain("   at ", Output + Error);
        return line;
    }
}
