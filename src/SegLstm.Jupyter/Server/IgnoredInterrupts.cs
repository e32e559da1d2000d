using System.Globalization;
using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// What a shell starts in the background, such as <c>nohup jupyter lab &amp;</c>, ignores SIGINT, and so do its kernels: the
/// interrupt button would do nothing. .NET keeps to what it finds when it starts, so the kernel has to be started anew.
/// </summary>
internal static partial class IgnoredInterrupts
{
    private const int Interrupt = 2, Usual = 0;

    /// <summary>Starts the program again in this process, with the same words, if it ignores SIGINT; else comes back.</summary>
    public static void StartAgainWithout()
    {
        if (!OperatingSystem.IsLinux() || !AreIgnored() || Environment.ProcessPath is not { } program) return;
        string?[] words = [.. File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0'), null];
        _ = SetHandling(Interrupt, Usual);
        // It comes back only where it fails; then the kernel is as good as it can be.
        _ = Execute(program, words);
    }

    private static bool AreIgnored()
    {
        const string name = "SigIgn:";
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return (ulong.Parse(mask[name.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Interrupt - 1) & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandling(int signal, nint handling);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
