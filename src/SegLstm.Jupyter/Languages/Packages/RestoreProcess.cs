using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>Runs the SDK's `dotnet restore`.</summary>
internal static partial class RestoreProcess
{
    /// <summary>Restores a project; an interrupt ends the process with all that it started.</summary>
    /// <exception cref="PackageRestoreException">It failed; the message is NuGet's.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task RunAsync(string project, CancellationToken interrupt)
    {
        string[] arguments = ["restore", project, "--nologo", "--verbosity", "quiet", "-nodeReuse:false"];
        var start = new ProcessStartInfo(DotnetPath(), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(project)!,
            Environment =
            {
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            },
        };
        using Process process = Start(start);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(interrupt);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        string said = await output + await errors;
        if (process.ExitCode != 0) throw new PackageRestoreException(Reason(said));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new PackageRestoreException(
                $"restoring packages needs the .NET SDK, and {start.FileName} does not start ({fault.Message}): install the SDK");
        }
    }

    // The process that runs the cells is a `dotnet` where it was not published as a program of its own.
    private static string DotnetPath() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : "dotnet";

    private static string Reason(string said)
    {
        string[] errors = [.. ErrorLine().Matches(said).Select(match => match.Groups["error"].Value.Trim()).Distinct()];
        return errors.Length > 0 ? string.Join("\n", errors)
            : said.Trim() is { Length: > 0 } text ? text
            : "dotnet restore failed and said nothing";
    }

    // "/folder/packages.csproj : error NU1101: Unable to find package … [/folder/packages.csproj]"
    [GeneratedRegex(@"error (?<error>[A-Z]+[0-9]+: [^\n]*?)( \[[^\]\n]*\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
