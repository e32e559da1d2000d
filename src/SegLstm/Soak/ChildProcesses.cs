using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SegLstm.Soak;

/// <summary>The processes that a process has started, as Linux lists them, and their ends.</summary>
public static class ChildProcesses
{
    /// <summary>Ids of those that a process has started, in the order of their start.</summary>
    /// <param name="process">The process.</param>
    public static int[] Of(int process)
    {
        string tasks = $"/proc/{process}/task";
        try
        {
            // Each thread lists those that it has started.
            return
            [
                .. Directory.EnumerateDirectories(tasks)
                    .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order(),
            ];
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }

    /// <summary>Whether a process is there, and not only waits for its exit code to be read.</summary>
    /// <param name="process">The process.</param>
    public static bool IsAlive(int process)
    {
        try
        {
            // The state stands behind the name in parentheses, which may have any characters.
            string status = File.ReadAllText($"/proc/{process}/stat");
            return status[(status.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Ends a process at once (kill -9), unless it has ended.</summary>
    /// <param name="process">The process.</param>
    public static void Kill(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
        }
    }
}
