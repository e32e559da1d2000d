using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SegLstm.Workbook.Plotly;

/// <summary>A headless browser that opens one local page and ends: it makes files of what only a browser can draw.</summary>
internal static partial class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The browser's program; null where none is installed.</summary>
    internal static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page, waits until its scripts are done, and gives back the document as it is then.</summary>
    /// <param name="html">The page; it needs no other file.</param>
    /// <exception cref="InvalidOperationException">No browser is installed, or it fails.</exception>
    internal static string DumpDom(string html)
    {
        string browser = Find() ?? throw new InvalidOperationException(
            "No browser is installed, and only one draws SVG and PNG files: looked for " + string.Join(", ", Names)
            + " on PATH. Install one (apt-get install chromium), or save the figure as .html.");
        string folder = Directory.CreateTempSubdirectory("seglstm-figure-").FullName;
        try
        {
            string page = Path.Combine(folder, "figure.html");
            File.WriteAllText(page, html);
            return Run(browser, folder, page);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static string Run(string browser, string folder, string page)
    {
        var start = new ProcessStartInfo(browser)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        start.Environment["HOME"] = folder;
        foreach (string argument in Arguments(folder, page)) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> document = process.StandardOutput.ReadToEndAsync(), complaints = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{browser} did not draw the figure within {Patience.TotalSeconds:0} s.");
        }

        if (process.ExitCode != 0 || document.Result.Length == 0)
            throw new InvalidOperationException($"{browser} could not draw the figure (exit code {process.ExitCode}): {LastLines(complaints.Result)}");
        return document.Result;
    }

    private static IEnumerable<string> Arguments(string folder, string page)
    {
        yield return "--headless";
        // As root the sandbox refuses to start; for all others it stays on.
        if (!OperatingSystem.IsWindows() && geteuid() == 0) yield return "--no-sandbox";
        yield return "--disable-gpu";
        yield return "--disable-background-networking";
        yield return "--disable-dev-shm-usage";
        yield return "--no-first-run";
        yield return "--user-data-dir=" + Path.Combine(folder, "profile");
        yield return "--window-size=1600,1200";
        yield return "--virtual-time-budget=60000";
        yield return "--dump-dom";
        yield return new Uri(page).AbsoluteUri;
    }

    private static string LastLines(string text) =>
        string.Join(" ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));

    private static void Remove(string folder)
    {
        // The browser's helpers may still close their files for a moment after it has ended.
        for (int attempt = 0; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 10)
            {
                Thread.Sleep(100);
            }
        }
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
