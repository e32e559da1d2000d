using System.Diagnostics;
using SegLstm.Soak;

namespace SegLstm.Cli.Tests;

/// <summary>A command in two processes of which the second is killed (kill -9).</summary>
internal static class KilledRank
{
    /// <summary>Long enough for any command here on a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Starts the command, kills rank 1, and fails unless the rest ends in 30 seconds with exit code 1 and names the process that
    /// was killed.</summary>
    /// <param name="arguments">The command's words.</param>
    /// <param name="isBegun">Whether it has done so much that it may be killed.</param>
    /// <returns>What it said to its standard error.</returns>
    public static async Task<string> Of(string[] arguments, Func<bool> isBegun)
    {
        using Process launcher = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> error = launcher.StandardError.ReadToEndAsync(), output = launcher.StandardOutput.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (!isBegun() && !launcher.HasExited && clock.Elapsed < Limit) Thread.Sleep(2);
        int victim = ChildProcesses.Of(launcher.Id)[1];
        ChildProcesses.Kill(victim);
        clock.Restart();
        Assert.True(launcher.WaitForExit(Limit));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(1, launcher.ExitCode);
        await output;
        string told = await error;
        Assert.Contains($"Rank 1 of 2 (process {victim}) was killed by signal 9", told);
        return told;
    }
}
