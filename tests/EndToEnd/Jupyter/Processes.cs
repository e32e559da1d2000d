namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>What runs on this machine.</summary>
internal static class Processes
{
    /// <summary>The command lines that hold a text.</summary>
    public static IReadOnlyList<string> WithArgument(string text) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out int process) && process != Environment.ProcessId)
            .Select(CommandLine)
            .Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return Path.GetFileName(folder) + ": " + File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
